using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report.Drafting;

/// <summary>One section of the draft: its text, the material beside it, its versions.</summary>
public sealed class SectionPage(DraftReader drafts, SaveSection save, ClearWording clear, MoveToAnnex move, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/draft/{section}", (
            Guid review, string section, int? changes, Visit visit, SectionPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), section, new Again { Changes = changes }, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/draft/{section}", (
            Guid review, string section, Visit visit, Form form, SectionPage page, CancellationToken cancel) =>
            page.ActAsync(visit, new ReviewId(review), section, form, cancel));
    }

    private async Task<IResult> ActAsync(Visit visit, ReviewId review, string section, Form form, CancellationToken cancel)
    {
        var (actor, version) = (visit.Caller.Actor, form.Number("version") ?? 0);
        var (verdict, notice) = form.Text("act") switch
        {
            "save" => (await save.RunAsync(
                review, section, new SectionRequest(form.Text("text"), version, form.IsOn("names_nobody")), actor, key: null, cancel), "section-saved"),
            "clear" => (await clear.RunAsync(
                review, section, new WordingRequest(version, form.Text(DraftPage.ClearField(section))), actor, key: null, cancel), "wording-cleared"),
            "move" => (await move.RunAsync(
                review, section, new MoveRequest(form.Text("sentence"), version), actor, key: null, cancel), "sentence-moved"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/draft/{Uri.EscapeDataString(section)}", notice);
        if (reason.Kind == RefusalKind.NotFound)
            return Answer.NotFound();
        var again = new Again
        {
            Form = form,
            Status = reason.Status(),
            Errors = [.. reason.All.Select(e => e.Field == "reason" ? e with { Field = DraftPage.ClearField(section) } : e)],
        };
        return await DrawAsync(
            visit, review, section, again with { IsStale = reason.Code == "writing.stale" && form.Text("act") == "save" }, cancel);
    }

    private async Task<IResult> DrawAsync(Visit visit, ReviewId review, string section, Again again, CancellationToken cancel)
    {
        var draft = await drafts.FindAsync(visit.Caller.Actor, review, section, cancel);
        if (draft?.Sections.FirstOrDefault(s => s.Id == section) is not { Opens: true } found)
            return Answer.NotFound();
        var change = again.Changes is { } changes ? ChangeTo(draft, changes) : null;
        if (again.Changes is not null && change is null)
            return Answer.NotFound();
        var merge = again.IsStale && found.Text is { } newest ? Merge(visit, draft, newest, again.Form) : null;
        return Answer.Page<SectionView>(
            new
            {
                Model = new SectionModel(
                    draft, found, states.Of(draft.Review.Subject.Iso3, visit.Texts.Language), merge?.Form ?? again.Form, merge,
                    merge is null ? again.Errors : [])
                {
                    Change = change,
                },
            },
            again.Status);
    }

    // Somebody saved meanwhile: both changes come together in the form.
    private static FormMerge Merge(Visit visit, Draft draft, Writing newest, Form mine) => FormMerge.Of(
        Fields(draft.Versions.FirstOrDefault(v => v.Version == (mine.Number("version") ?? 0))), Fields(newest), mine,
        (draft.Review.Find(newest.Author)?.Name ?? "", newest.Version), [FieldToMerge.OfText("text", visit.Texts["draft.text"])]);

    private static Form Fields(Writing? text) => text is null
        ? Form.Empty
        : Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["text"] = [Contents.ReadSection(text).Text] });

    private static (Writing Before, Writing After)? ChangeTo(Draft draft, int version) =>
        (draft.Versions.FirstOrDefault(v => v.Version == version - 1), draft.Versions.FirstOrDefault(v => v.Version == version)) is ({ } before, { } after)
            ? (before, after)
            : null;

    /// <summary>Why and how the page is drawn again.</summary>
    private sealed record Again
    {
        /// <summary>The version whose changes were asked for, or null.</summary>
        public int? Changes { get; init; }

        public Form Form { get; init; } = Form.Empty;

        public bool IsStale { get; init; }

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>What the page of one section draws.</summary>
/// <param name="Form">What was typed and refused; empty otherwise.</param>
/// <param name="Merge">Where somebody else saved meanwhile: what became of both changes; the form holds them.</param>
public sealed record SectionModel(
    Draft Draft, DraftSection Section, string StateName, Form Form, FormMerge? Merge, IReadOnlyList<Refusal> Errors)
{
    /// <summary>Two versions whose difference was asked for, or null.</summary>
    public (Writing Before, Writing After)? Change { get; init; }

    /// <summary>The sections before and after.</summary>
    public (DraftSection? Before, DraftSection? After) Around
    {
        get
        {
            var all = Draft.Sections;
            var at = all.Select(s => s.Id).ToList().IndexOf(Section.Id);
            return (at > 0 ? all[at - 1] : null, at + 1 < all.Length ? all[at + 1] : null);
        }
    }
}
