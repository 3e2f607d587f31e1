using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>A programme as its coordinators run it: missions, notes verbales, State authorities, coordinators; and what
/// every programme shares: States, processes, frameworks.</summary>
public static class ProgrammesFeature
{
    public static IServiceCollection AddProgrammes(this IServiceCollection services) => services
        .AddSingleton<ProgrammePage>()
        .AddSingleton<StatePage>()
        .AddSingleton<RegisterMission>()
        .AddSingleton<RecordNoteVerbale>()
        .AddSingleton<NoteFile>()
        .AddSingleton<AddCoordinator>()
        .AddSingleton<ProgrammeLists>()
        .AddSingleton<OfferedProcesses>();

    public static void Map(WebRoutes routes)
    {
        ProgrammePage.Map(routes);
        StatePage.Map(routes);
        RegisterMission.Map(routes);
        RecordNoteVerbale.Map(routes);
        NoteFile.Map(routes);
        AddCoordinator.Map(routes);
        ProgrammeLists.Map(routes);
        DefinitionLists.Map(routes);
        ProcessesPage.Map(routes);
    }
}
