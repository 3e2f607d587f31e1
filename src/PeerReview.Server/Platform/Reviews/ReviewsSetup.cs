using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The services of the path every command on a review takes.</summary>
public static class ReviewsSetup
{
    /// <summary>Adds them. Needs <see cref="Database"/>, <see cref="Definitions"/>, an engine, outbox and metrics.</summary>
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton(Salts.Secure)
        .AddSingleton<ReviewReader>()
        .AddSingleton<ReviewLookup>()
        .AddSingleton<TextVersions>()
        .AddSingleton<StageBody>()
        .AddSingleton(services => WordingFile.Load(ProgramFiles.Wording, ProgramFiles.Peoples, services.GetRequiredService<StateNames>()))
        .AddSingleton<AssessmentLookup>()
        .AddSingleton<LastReviews>()
        .AddSingleton<EngineIncidents>()
        .AddSingleton<ReviewEngine>()
        .AddSingleton<ProcessStep>()
        .AddSingleton<ReminderTable>()
        .AddSingleton<ReadTables>()
        .AddSingleton<ReviewLetters>()
        .AddSingleton<ChangeWriter>()
        .AddSingleton<ReviewCommands>()
        .AddSingleton<ReviewLaunch>()
        .AddSingleton<NameSpeaker>()
        .AddSingleton<SpeakerPage>();
}
