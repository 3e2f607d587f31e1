using Microsoft.AspNetCore.Components;
using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>The pages on which somebody writes one text: new, change, take back.</summary>
public sealed class EditPage<T>(WrittenTexts texts, SaveText<T> save, TextKind<T> kind, TextForm<T> forms, StateNames states)
    where T : class
{
    /// <summary>A new one, growing from something else where <paramref name="from"/> names it.</summary>
    internal async Task<IResult> BeginAsync<TView>(ReviewId review, string from, Visit visit, CancellationToken cancel)
        where TView : IComponent
    {
        if (from.Length == 0)
            return await OpenAsync<TView>(review, null, visit, cancel);
        var found = await FindAsync(review, null, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        if (kind.Closed(visit.Caller.Actor, found.Review) is { } no)
            return Answer.Refused(no);
        var draft = visit.Caller.DraftOf(from);
        var form = draft.Has("version") ? draft : await forms.BeginAsync(visit.Caller.Actor, review, from, cancel);
        return await DrawAsync<TView>(found, null, visit, form, [], null, StatusCodes.Status200OK, cancel);
    }

    internal async Task<IResult> OpenAsync<TView>(ReviewId review, string? id, Visit visit, CancellationToken cancel)
        where TView : IComponent
    {
        var found = await FindAsync(review, id, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        if (kind.Closed(visit.Caller.Actor, found.Review) is { } no)
            return Answer.Refused(no);
        var draft = visit.Caller.DraftOf();
        var form = draft.Has("version") ? draft : found.Newest is { } text ? forms.Write(kind.Read(text), text) : Form.Empty;
        return await DrawAsync<TView>(found, id, visit, form, [], null, StatusCodes.Status200OK, cancel);
    }

    internal async Task<IResult> SaveAsync<TView>(ReviewId review, string? id, Visit visit, Form form, CancellationToken cancel)
        where TView : IComponent
    {
        var (actor, request) = (visit.Caller.Actor, forms.Read(form));
        var verdict = id is null
            ? await save.AddAsync(review, request, actor, key: null, cancel)
            : await save.ChangeAsync(review, id, request, actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/{kind.Home}", "text-saved");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        var found = reason.Kind == RefusalKind.NotFound ? null : await FindAsync(review, id, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        if (reason.Kind == RefusalKind.NotAllowed)
            return Answer.Refused(reason);
        return reason.Code == "writing.stale" && found.Newest is { } newest
            ? await DrawAsync<TView>(found, id, visit, form, [], Merge(visit, found, newest, form), reason.Status(), cancel)
            : await DrawAsync<TView>(found, id, visit, form, [.. reason.All], null, reason.Status(), cancel);
    }

    private FormMerge Merge(Visit visit, FoundText found, Writing newest, Form mine) => FormMerge.Of(
        found.At(mine.Number("version") ?? 0) is { } origin ? forms.Write(kind.Read(origin), origin) : Form.Empty,
        forms.Write(kind.Read(newest), newest),
        mine,
        (found.Review.Find(newest.Author)?.Name ?? "", newest.Version),
        forms.ToMerge(found.Review.Framework.In(visit.Texts.Language), visit.Texts));

    internal async Task<IResult> AskAsync(
        ReviewId review, string id, string collection, Visit visit, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await FindAsync(review, id, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        if (kind.Closed(visit.Caller.Actor, found.Review) is { } no)
            return Answer.Refused(no);
        var stands = forms.Write(kind.Read(found.Newest!), found.Newest!);
        return Answer.Page<ConfirmPage>(
            new
            {
                Title = visit.Texts.Of("commitments.withdraw.title", ("id", id)),
                // What goes is read before it goes.
                About = new[] { stands.Raw("title"), stands.Raw("text") }.Where(part => part.Length > 0).ToList(),
                Consequence = forms.Withdrawal(visit.Texts),
                Action = $"/reviews/{review}/{collection}/{id}/withdraw",
                Button = visit.Texts["commitments.withdraw.submit"],
                Back = $"/reviews/{review}/{kind.Home}",
                Dangerous = true,
                Section = "reviews",
                Hidden = new Dictionary<string, string>(StringComparer.Ordinal) { ["version"] = $"{found.Newest!.Version}" },
                Errors = errors,
            },
            status);
    }

    internal async Task<IResult> WithdrawAsync(
        ReviewId review, string id, string collection, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await save.WithdrawAsync(review, id, form.Number("version"), visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/{kind.Home}", "text-withdrawn");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.Conflict
            ? await AskAsync(review, id, collection, visit, [.. reason.All], reason.Status(), cancel)
            : Answer.Refused(reason);
    }

    /// <summary>Null where there is nothing at the address for this person.</summary>
    private async Task<FoundText?> FindAsync(ReviewId review, string? id, Visit visit, CancellationToken cancel)
    {
        var found = await texts.FindAsync(visit.Caller.Actor, review, kind, id ?? "", cancel);
        return found is not null && (id is null || kind.IsOnly || found.Newest is not null) ? found : null;
    }

    private async Task<IResult> DrawAsync<TView>(
        FoundText found, string? id, Visit visit, Form form, IReadOnlyList<Refusal> errors, FormMerge? merge, int status, CancellationToken cancel)
        where TView : IComponent => Answer.Page<TView>(
        new
        {
            Model = new EditModel<T>(
                found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), id, merge?.Form ?? form, errors, merge, kind.Home)
            {
                GrownFrom = await forms.GrownFromAsync(visit.Caller.Actor, found.Review.Id, visit.Texts, cancel),
            },
        },
        status);
}

/// <summary>What a page for writing draws.</summary>
/// <param name="Id">null for a new one.</param>
/// <param name="Form">What was typed or kept as a draft, or what stands.</param>
/// <param name="Home">Where the list is, within the review.</param>
/// <param name="Merge">Where somebody else saved meanwhile: what became of both changes; the form holds them.</param>
public sealed record EditModel<T>(
    FoundText Found, string State, string? Id, Form Form, IReadOnlyList<Refusal> Errors, FormMerge? Merge, string Home)
    where T : class
{
    public LoadedReview Review => Found.Review;

    /// <summary>What it can name as what it grew from; none of most kinds.</summary>
    public IReadOnlyList<ChoiceOption> GrownFrom { get; init; } = [];

    /// <summary>The version the next save is based on; 0 for a new one.</summary>
    public int Version => Form.Number("version") ?? 0;

    /// <summary>Where the list is.</summary>
    public string Back => $"/reviews/{Review.Id}/{Home}";
}
