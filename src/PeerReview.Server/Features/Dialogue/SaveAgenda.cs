using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>Experts or coordinator keep questions open that the State replied to, and put the agenda in order.</summary>
public sealed class SaveAgenda(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/agenda",
        async (Guid review, AgendaRequest request, Visit visit, SaveAgenda save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveAgenda)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, AgendaRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Agenda, DialogueRules.Key), (work, token) => DecideAsync(work, request, token), cancel);

    /// <summary>Moves one point a place up or down. A label can keep points from the mover: what they do not see is passed over.</summary>
    /// <param name="by">-1 for up, 1 for down.</param>
    public Task<Verdict<Receipt>> MoveAsync(ReviewId review, string point, int by, Actor actor, CancellationToken cancel) => commands.RunAsync(
        review, actor, key: null, new WritingRef(WritingKind.Agenda, DialogueRules.Key),
        async (work, token) =>
        {
            var material = await work.MaterialAsync(token);
            var order = DialogueRules.Agenda(material).ToList();
            var seen = order.Where(p => FoundDialogue.Sees(work.Actor, work.Review, p.Label)).ToList();
            var (from, to) = (order.FindIndex(p => p.Key == point), seen.FindIndex(p => p.Key == point) + by);
            if (from < 0 || to < 0 || to >= seen.Count)
                return new Refusal("dialogue.unknown", RefusalKind.NotFound);
            var (moved, place) = (order[from], order.IndexOf(seen[to]));
            order.RemoveAt(from);
            order.Insert(place, moved);
            var sheet = DialogueRules.SheetOf(material);
            return await DecideAsync(
                work, new AgendaRequest { Order = [.. order.Select(p => p.Key)], KeptOpen = sheet.KeptOpen, Version = work.Current?.Version ?? 0 }, token);
        },
        cancel);

    /// <summary>Keeps a question open, or lets it go.</summary>
    public Task<Verdict<Receipt>> KeepAsync(ReviewId review, string question, bool open, Actor actor, CancellationToken cancel) => commands.RunAsync(
        review, actor, key: null, new WritingRef(WritingKind.Agenda, DialogueRules.Key),
        async (work, token) =>
        {
            var sheet = DialogueRules.SheetOf(await work.MaterialAsync(token));
            var kept = sheet.KeptOpen.Remove(question, StringComparer.Ordinal);
            return await DecideAsync(
                work, new AgendaRequest { Order = sheet.Order, KeptOpen = open ? kept.Add(question) : kept, Version = work.Current?.Version ?? 0 }, token);
        },
        cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, AgendaRequest request, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        var content = new AgendaContent(
            [.. request.Order.IsDefault ? [] : request.Order.Distinct(StringComparer.Ordinal)],
            [.. request.KeptOpen.IsDefault ? [] : request.KeptOpen.Distinct(StringComparer.Ordinal)]);
        var replied = material.Of(WritingKind.Question).Where(q => FoundDialogue.Sees(work.Actor, work.Review, SharingLabels.Of(q.Label)))
            .Select(q => q.Key).Where(key => !DialogueRules.IsDeclined(key, material));
        var standing = DialogueRules.SheetOf(material);
        if (content.KeptOpen.Except(standing.KeptOpen, StringComparer.Ordinal).Except(replied, StringComparer.Ordinal).Any())
            return new Refusal("dialogue.unknown-question", RefusalKind.Invalid, "kept_open");
        var known = material.Of(WritingKind.Question).Concat(material.Of(WritingKind.AgendaPoint)).Select(w => w.Key);
        if (content.Order.Except(known, StringComparer.Ordinal).Except(standing.Order, StringComparer.Ordinal).Any())
            return new Refusal("dialogue.unknown-point", RefusalKind.Invalid, "order");
        var version = work.Current?.Version ?? 0;
        if (content.Order.SequenceEqual(standing.Order, StringComparer.Ordinal) && content.KeptOpen.SequenceEqual(standing.KeptOpen, StringComparer.Ordinal))
            return new ReviewChange().Made(DialogueRules.Key);
        if (version != (request.Version ?? 0))
            return ReviewRefusals.Stale(version);
        return new ReviewChange()
            .Write(
                WritingKind.Agenda, DialogueRules.Key, version, Contents.Write(content), SharingLabel.Amber.Code(), DialogueWork.LanguageOf(work.Review))
            .Made(DialogueRules.Key);
    }
}

/// <summary>The agenda as it comes in.</summary>
public sealed record AgendaRequest : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>Questions and points by id; what is not named comes last.</summary>
    public ImmutableArray<string> Order { get; init; } = [];

    /// <summary>Questions the State replied to that stay open.</summary>
    public ImmutableArray<string> KeptOpen { get; init; } = [];

    /// <summary>The version it was written on, 0 for the first; <c>If-Match</c> says the same.</summary>
    public int? Version { get; init; }
}
