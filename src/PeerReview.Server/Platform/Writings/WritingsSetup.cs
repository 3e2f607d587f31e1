namespace PeerReview.Server.Platform.Writings;

/// <summary>The writing of texts with fields of their own. Features say which texts there are.</summary>
public static class WritingsSetup
{
    public static IServiceCollection AddWritings(this IServiceCollection services) => services
        .AddSingleton(typeof(SaveText<>))
        .AddSingleton(typeof(EditPage<>))
        .AddSingleton<WrittenTexts>();
}
