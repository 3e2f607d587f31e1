using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>The people of a review: who looks after it, who speaks and works for the State.</summary>
public static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<AssignCase>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<AssignCase>())
        .AddSingleton<FinishAppointing>()
        .AddSingleton<IStageCompletion>(provider => provider.GetRequiredService<FinishAppointing>())
        .AddSingleton<Nominate>()
        .AddSingleton<NominatePage>()
        .AddSingleton<HandOverCase>()
        .AddSingleton<HandOverPage>()
        .AddSingleton<ReleasePerson>()
        .AddSingleton<PeoplePage>();

    public static void Map(WebRoutes routes)
    {
        PeoplePage.Map(routes);
        AssignCase.Map(routes);
        FinishAppointing.Map(routes);
        Nominate.Map(routes);
        NominatePage.Map(routes);
        HandOverCase.Map(routes);
        HandOverPage.Map(routes);
        ReleasePerson.Map(routes);
    }
}
