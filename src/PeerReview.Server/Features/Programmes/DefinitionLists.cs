using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>What every programme shares and everybody may know: States, processes, frameworks.</summary>
public static class DefinitionLists
{
    public static void Map(WebRoutes routes)
    {
        var api = routes.PublicApi;
        api.MapGet("/states", (Visit visit, StateNames names) => new Listing<StateItem>(States(visit, names)))
            .WithName("States").WithTags("states");
        api.MapGet("/processes", (Visit visit, Definitions definitions) =>
                new Listing<ProcessItem>(definitions.Processes.Select(p => ProcessItem.Of(p.In(visit.Texts.Language)))))
            .WithName("Processes").WithTags("processes");
        api.MapGet("/processes/{id}/{version:int}", (string id, int version, Visit visit, Definitions definitions) =>
            definitions.FindProcess(id, version)?.In(visit.Texts.Language) is { } found ? TypedResults.Ok(ProcessDetail.Of(found)) : Answer.NotFound())
            .WithName("Process").WithTags("processes");
        api.MapGet("/frameworks", (Visit visit, Definitions definitions) =>
                new Listing<FrameworkItem>(definitions.Frameworks.Select(f => FrameworkItem.Of(f.In(visit.Texts.Language)))))
            .WithName("Frameworks").WithTags("frameworks");
        api.MapGet("/frameworks/{id}/{version:int}", (string id, int version, Visit visit, Definitions definitions) =>
            definitions.FindFramework(id, version)?.In(visit.Texts.Language) is { } found ? TypedResults.Ok(FrameworkDetail.Of(found)) : Answer.NotFound())
            .WithName("Framework").WithTags("frameworks");
    }

    private static IEnumerable<StateItem> States(Visit visit, StateNames names) => names.Codes
        .Select(code => new StateItem(code, names.Of(code, visit.Texts.Language)))
        .OrderBy(s => s.Iso3, StringComparer.Ordinal);

    /// <summary>A State by its ISO 3166-1 alpha-3 code and its name in the reader's language.</summary>
    public sealed record StateItem(string Iso3, string Name);

    /// <summary>A version of a process.</summary>
    /// <param name="Hash">What a review pins, hex.</param>
    /// <param name="Offered">Whether programmes offer it without being told to.</param>
    public sealed record ProcessItem(
        string Id, int Version, string Hash, string Title, bool Offered, IEnumerable<string> Variants, IEnumerable<string> Subjects)
    {
        public static ProcessItem Of(ProcessDefinition p) => new(
            p.Id, p.Version, p.Hash, p.Title, p.OfferedByDefault, p.Variants.Select(v => v.Id), p.Subjects.Select(s => s.Id));
    }

    /// <summary>A version of a process with its stages in order.</summary>
    public sealed record ProcessDetail(ProcessItem Process, IEnumerable<StageItem> Stages)
    {
        public static ProcessDetail Of(ProcessDefinition p) => new(ProcessItem.Of(p), p.Stages.Select(s => new StageItem(
            s.Id, s.Title, s.What, s.Acts, s.After,
            p.Variants.Select(v => (v.Id, Days: p.Days(s, v.Id))).Where(v => v.Days is not null)
                .ToDictionary(v => v.Id, v => v.Days!.Value, StringComparer.Ordinal))));
    }

    /// <summary>A stage.</summary>
    /// <param name="Acts">Roles that act.</param>
    /// <param name="After">Stages that must be closed first.</param>
    /// <param name="Days">Calendar days by variant; a variant that is not there lacks the stage.</param>
    public sealed record StageItem(
        string Id, string Title, string What, IEnumerable<string> Acts, IEnumerable<string> After, IReadOnlyDictionary<string, int> Days);

    /// <summary>A version of a framework.</summary>
    public sealed record FrameworkItem(string Id, int Version, string Hash, string Title, int Items)
    {
        public static FrameworkItem Of(Framework f) => new(f.Id, f.Version, f.Hash, f.Title, f.Items.Count());
    }

    /// <summary>A version of a framework with its parts and questions, and the codes an answer may use.</summary>
    /// <param name="Budgets">Most items and words per answer, by variant.</param>
    public sealed record FrameworkDetail(
        FrameworkItem Framework,
        IEnumerable<PartItem> Parts,
        IEnumerable<Term> Scale,
        IEnumerable<Term> Layers,
        IEnumerable<Term> Sectors,
        IReadOnlyDictionary<string, ItemBudget> Budgets)
    {
        public static FrameworkDetail Of(Framework f) => new(
            FrameworkItem.Of(f),
            f.Parts.Select(p => new PartItem(p.Id, p.Title, p.Items.Select(i => new QuestionItem(i.Id, i.Question, i.InLightSet)))),
            f.Scale, f.Layers, f.Sectors, f.Budgets);
    }

    /// <summary>A part of a framework: a norm or a pillar.</summary>
    public sealed record PartItem(string Id, string Title, IEnumerable<QuestionItem> Items);

    /// <summary>An item.</summary>
    /// <param name="Light">Whether every light report answers it.</param>
    public sealed record QuestionItem(string Id, string Question, bool Light);
}
