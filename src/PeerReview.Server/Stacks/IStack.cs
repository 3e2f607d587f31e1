using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Stacks;

/// <summary>One way to fill the ports of the core: an engine, letters, recurring work.</summary>
public interface IStack
{
    /// <summary>As <c>--stack</c> and the database name it: <c>embedded</c>, for one.</summary>
    string Name { get; }

    /// <summary>The libraries it stands on, with their versions, for whoever operates it.</summary>
    IReadOnlyList<StackPart> Parts { get; }

    /// <summary>Registers what fills the ports.</summary>
    void Add(IServiceCollection services, AppOptions options);

    /// <summary>Adds pages of its own, if it has any.</summary>
    void Map(WebApplication app, WebRoutes routes);
}
