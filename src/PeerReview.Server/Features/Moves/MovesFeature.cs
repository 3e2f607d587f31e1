using PeerReview.Server.Features.Moves.Stages;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves;

/// <summary>Completing stages, and everything by which a review changes its course.</summary>
public static class MovesFeature
{
    public static IServiceCollection AddMoves(this IServiceCollection services) =>
        services
        .AddSingleton<CompleteStage>().AddSingleton<MoveReview>().AddSingleton<MovesPage>().AddSingleton<VariantPage>()
        .AddSingleton<NarrowReview>().AddSingleton<ThemePage>()
        .AddSingleton<DoStage>().AddSingleton<SaveDocument>().AddSingleton<LeaveStage>().AddSingleton<ObjectToText>().AddSingleton<StageReader>().AddSingleton<StagePage>()
        .AddSingleton<NameStates>().AddSingleton<ReplaceNamedState>()
        .AddSingleton<IDueWork, EraseNotes>();

    public static void Map(WebRoutes routes)
    {
        CompleteStage.Map(routes);
        MoveReview.Map(routes);
        MovesPage.Map(routes);
        VariantPage.Map(routes);
        NarrowReview.Map(routes);
        ThemePage.Map(routes);
        SaveDocument.Map(routes);
        LeaveStage.Map(routes);
        ObjectToText.Map(routes);
        StageApi.Map(routes);
        StagePage.Map(routes);
        NameStates.Map(routes);
        ReplaceNamedState.Map(routes);
    }
}
