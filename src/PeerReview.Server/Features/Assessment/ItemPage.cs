using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>One item: its question, the answer to be written or read, its files, its history.</summary>
public sealed class ItemPage(ItemReader items, SaveAnswer save, LastReviews lasts, KeptPage kept, DraftStore drafts, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet(
            "/reviews/{review:guid}/assessment/{item}",
            (Guid review, string item, int? version, int? changes, int? since, Visit visit, ItemPage page, CancellationToken cancel) =>
                page.DrawAsync(
                    visit, new ReviewId(review), item, new Again([], StatusCodes.Status200OK) { Version = version, Changes = changes, Since = since }, cancel));
        routes.Pages.MapPost(
            "/reviews/{review:guid}/assessment/{item}",
            (Guid review, string item, Visit visit, Form form, ItemPage page, CancellationToken cancel) =>
                page.SaveAsync(visit, new ReviewId(review), item, form, cancel));
    }

    /// <summary>Draws the page, with what was typed and refused where that is so.</summary>
    internal async Task<IResult> DrawAsync(Visit visit, ReviewId id, string item, Again again, CancellationToken cancel)
    {
        var found = await items.FindAsync(visit.Caller.Actor, id, item, again.Changes ?? again.Version, cancel, again.Changes is null ? null : again.Since);
        if (found is null)
            return await kept.InsteadOfAsync(visit, id, item, cancel) is { } instead ? Answer.Instead(instead, "outside-theme") : Answer.NotFound();
        var state = states.Of(found.Review.Subject.Iso3, visit.Texts.Language);
        found = found with { History = [.. found.History.Select(v => v.Author.Length == 0 ? v with { Author = state } : v)] };
        var shown = again.Version is { } version && version != found.Item.Version ? found.Version(version) : null;
        if (again.Version is { } asked && asked != found.Item.Version && shown is null)
            return Answer.NotFound();
        if (again.Changes is { } changes && found.Change(changes, again.Since) is null)
            return Answer.NotFound();
        return Answer.Page<ItemView>(new { Model = await ModelOfAsync(visit, found, shown, again, cancel) }, again.Status);
    }

    private async Task<IResult> SaveAsync(Visit visit, ReviewId id, string item, Form form, CancellationToken cancel)
    {
        var request = AnswerRequest.Of(form);
        var verdict = await save.RunAsync(id, item, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
        {
            var (then, isAnswered) = (form.Text("then"), form.Text("value").Length > 0);
            // Whoever takes a question up in the answer still has to say so in the reply.
            if (form.Text("back") == "questions" && then.Length == 0 && isAnswered)
                return Answer.Done($"/reviews/{id}/questions", "answer-saved");
            return then.Length > 0
                ? Answer.Done($"/reviews/{id}/assessment/{Uri.EscapeDataString(then)}", isAnswered ? "answer-saved-next" : "answer-begun-next")
                : Answer.Done($"/reviews/{id}/assessment/{Uri.EscapeDataString(item)}", isAnswered ? "answer-saved" : "answer-begun");
        }

        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        if (reason.Kind == RefusalKind.NotFound)
        {
            if (await kept.InsteadOfAsync(visit, id, item, cancel) is not { } instead)
                return Answer.NotFound();
            // The question fell out while it was answered: what was typed is not lost with it.
            await drafts.KeepAsync(visit.Caller.Id, form, cancel);
            return Answer.Instead(instead, "outside-theme");
        }

        return reason.Code == "writing.stale"
            ? await DrawMergedAsync(visit, id, item, form, (request.Version ?? 0, reason), cancel)
            : await DrawAsync(visit, id, item, new Again([.. reason.All], reason.Status()) { Form = form }, cancel);
    }

    // Somebody saved meanwhile: both changes come together in the form, to be looked through and saved.
    private async Task<IResult> DrawMergedAsync(
        Visit visit, ReviewId id, string item, Form mine, (int Base, Refusal Reason) stale, CancellationToken cancel)
    {
        var found = await items.FindAsync(visit.Caller.Actor, id, item, stale.Base, cancel);
        // There is no answer yet to be brought together with what was typed.
        if (found is not { Item.Answer: { } theirs })
            return await DrawAsync(visit, id, item, new Again([stale.Reason], stale.Reason.Status()) { Form = mine }, cancel);
        var origin = found.Version(stale.Base)?.Answer ?? new Core.Assessment.Answer(item, null);
        var merge = FormMerge.Of(
            AnswerFields.Write(origin), AnswerFields.Write(theirs), mine,
            (found.History.FirstOrDefault()?.Author ?? "", found.Item.Version),
            AnswerFields.Of(found.Review.Framework.In(visit.Texts.Language), visit.Texts));
        var again = new Again([], StatusCodes.Status409Conflict) { Form = merge.Form, Merge = merge };
        return Answer.Page<ItemView>(new { Model = await ModelOfAsync(visit, found, null, again, cancel) }, again.Status);
    }

    private async Task<ItemModel> ModelOfAsync(Visit visit, ItemFound found, AnswerVersion? shown, Again again, CancellationToken cancel)
    {
        var (review, sheet) = (found.Review, found.Assessment.Sheet);
        var ids = sheet.Items.Select(i => i.Item.Id).ToList();
        var (before, after) = sheet.Around(found.Item.Item.Id);
        return new ItemModel(
            found,
            states.Of(review.Subject.Iso3, visit.Texts.Language),
            (ids.IndexOf(found.Item.Item.Id) + 1, ids.Count),
            before,
            after,
            shown,
            again.Changes is { } changes ? found.Change(changes, again.Since) : null,
            again.Form,
            again.Merge,
            again.Errors,
            LabelsOf(found),
            [.. found.Item.Contributors.Select(p => review.Find(p)?.Name).OfType<string>()])
        {
            Own = AssessmentPart.AllOf(review.Framework, review.Dossier, found.Assessment.Material)
                .FirstOrDefault(part => part.Part.Contributor == visit.Caller.Id),
            KnowsContributors = Access.VisiblePerson(visit.Caller.Actor, review.Facts, Role.StateContributor, default) > Extent.Nothing,
            SignsOff = SignOffPage.MaySee(visit.Caller.Actor, review),
            Last = (await lasts.FindAsync(visit.Caller.Actor, review, cancel))?.Open.Find(found.Item.Item.Id),
        };
    }

    /// <summary>What each label would mean for this item, now and once it is handed in.</summary>
    private static ImmutableArray<LabelMeaning> LabelsOf(ItemFound found)
    {
        var (facts, document) = (found.Review.Facts, found.Review.Dossier.Answer(found.Item.Item.Id));
        var handedIn = facts with { Submitted = true };
        return
        [
            .. Enum.GetValues<SharingLabel>().OrderDescending().Select(label => new LabelMeaning(
                label,
                Audience.Of(document, facts, label),
                Audience.Of(document, handedIn, label))),
        ];
    }

    /// <summary>Why and how the page is drawn again.</summary>
    internal sealed record Again(IReadOnlyList<Refusal> Errors, int Status)
    {
        public Form Form { get; init; } = Form.Empty;

        /// <summary>What became of two people's changes, where both wrote at once.</summary>
        public FormMerge? Merge { get; init; }

        /// <summary>The version asked for, or null for the one that stands.</summary>
        public int? Version { get; init; }

        /// <summary>The version whose changes were asked for, or null.</summary>
        public int? Changes { get; init; }

        /// <summary>The version since which; null for the one before.</summary>
        public int? Since { get; init; }
    }
}

/// <summary>What the page of one item draws.</summary>
/// <param name="Place">Which of how many items.</param>
/// <param name="Shown">An earlier version to be read instead of the one that stands.</param>
/// <param name="Change">Two versions whose difference was asked for, or null.</param>
/// <param name="Form">What was typed and refused; empty otherwise.</param>
/// <param name="Merge">Where somebody else saved meanwhile: what became of both changes; the form holds them.</param>
/// <param name="Contributors">Names of those the item was given to, as far as the reader may know them.</param>
public sealed record ItemModel(
    ItemFound Found,
    string StateName,
    (int Number, int Of) Place,
    string? Before,
    string? After,
    AnswerVersion? Shown,
    (AnswerVersion Before, AnswerVersion After)? Change,
    Form Form,
    FormMerge? Merge,
    IReadOnlyList<Refusal> Errors,
    ImmutableArray<LabelMeaning> Labels,
    ImmutableArray<string> Contributors)
{
    /// <summary>The part the reader was asked for; null for all others.</summary>
    public AssessmentPart? Own { get; init; }

    /// <summary>Whether the reader may know who contributes for the State.</summary>
    public bool KnowsContributors { get; init; }

    /// <summary>Whether the page of signatures is open to the reader.</summary>
    public bool SignsOff { get; init; }

    /// <summary>The answer of the State's last review, where the reader may read it.</summary>
    public LastAnswer? Last { get; init; }
}

/// <summary>Who can read something under a label.</summary>
/// <param name="Now">As the review stands.</param>
/// <param name="Later">Once the self-assessment is handed in.</param>
public sealed record LabelMeaning(SharingLabel Label, ImmutableArray<Role> Now, ImmutableArray<Role> Later);
