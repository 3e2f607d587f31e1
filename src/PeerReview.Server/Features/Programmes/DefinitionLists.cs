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
        api.MapGet("/processes", async (Visit visit, OfferedProcesses offered, CancellationToken cancel) =>
                new Listing<ProcessItem>((await offered.ForAsync(visit.Caller, cancel)).Select(p => ProcessItem.Of(p, visit.Texts.Language))))
            .WithName("Processes").WithTags("processes");
        api.MapGet("/processes/{id}/{version:int}", async (string id, int version, Visit visit, OfferedProcesses offered, CancellationToken cancel) =>
            (await offered.ForAsync(visit.Caller, cancel)).FirstOrDefault(p => p.Process.Id == id && p.Process.Version == version) is { } found
                ? TypedResults.Ok(ProcessDetail.Of(found, visit.Texts.Language)) : Answer.NotFound())
            .WithName("Process").WithTags("processes").Produces<ProcessDetail>();
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
    /// <param name="Published">Where else it is offered, as far as the reader has a part in the programme.</param>
    public sealed record ProcessItem(
        string Id, int Version, string Hash, string Title, bool Offered, IEnumerable<string> Variants, IEnumerable<string> Subjects,
        IEnumerable<PublicationItem> Published)
    {
        internal static ProcessItem Of(KnownProcess known, string language)
        {
            var p = known.Process.In(language);
            return new(
                p.Id, p.Version, p.Hash, p.Title, p.OfferedByDefault, p.Variants.Select(v => v.Id), p.Subjects.Select(s => s.Id),
                known.Published.Select(one => new PublicationItem(one.ProgrammeId, one.PublishedAt, known.Counts(one) ? one.Running : null)));
        }
    }

    /// <summary>That a programme offers a process.</summary>
    /// <param name="PublishedAt">UTC.</param>
    /// <param name="Running">Reviews that follow it and are not over; only for those who run the programme.</param>
    public sealed record PublicationItem(Guid Programme, DateTimeOffset PublishedAt, int? Running);

    /// <summary>A version of a process with its stages in order.</summary>
    /// <param name="Documents">Each with the row of the visibility table that says who sees it.</param>
    public sealed record ProcessDetail(ProcessItem Process, IEnumerable<StageItem> Stages, IEnumerable<DocumentItem> Documents)
    {
        internal static ProcessDetail Of(KnownProcess known, string language)
        {
            var p = known.Process.In(language);
            return new(
                ProcessItem.Of(known, language),
                p.Stages.Select(s => new StageItem(
                    s.Id, s.Title, s.What, s.Acts, s.After,
                    p.Variants.Select(v => (v.Id, Days: p.Days(s, v.Id))).Where(v => v.Days is not null)
                        .ToDictionary(v => v.Id, v => v.Days!.Value, StringComparer.Ordinal),
                    ProcessCodes.Of(s.Mode), s.Each.Select(each => each.Over), s.Makes, s.Waivable, s.OptionalIn,
                    s.OnFail)),
                p.Documents.Select(d => new DocumentItem(d.Id, d.Title, d.Visibility)));
        }
    }

    /// <summary>A stage.</summary>
    /// <param name="Acts">Roles that act.</param>
    /// <param name="After">Stages that must be closed first.</param>
    /// <param name="Days">Calendar days by variant; a variant that is not there lacks the stage.</param>
    /// <param name="Mode">any, all or sequence.</param>
    /// <param name="Each">What it has a branch for each of.</param>
    /// <param name="Makes">Documents it makes.</param>
    /// <param name="Optional">Variants in which it may be left out.</param>
    /// <param name="OnFail">The stage that takes over when it fails; null when it cannot.</param>
    public sealed record StageItem(
        string Id, string Title, string What, IEnumerable<string> Acts, IEnumerable<string> After, IReadOnlyDictionary<string, int> Days,
        string Mode, IEnumerable<string> Each, IEnumerable<string> Makes, bool Waivable, IEnumerable<string> Optional, string? OnFail);

    /// <summary>A document a process makes.</summary>
    public sealed record DocumentItem(string Id, string Title, string Visibility);

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
