using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Writings;

/// <summary>Somebody writes a text with fields of its own, such as a commitment or a recommendation, changes it or takes it back.</summary>
public sealed class SaveText<T>(ReviewCommands commands, TextKind<T> texts)
    where T : class
{
    /// <summary>Writes a new one.</summary>
    public Task<Verdict<Receipt>> AddAsync(
        ReviewId review, TextRequest<T> request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => AddAsync(work, request, token), cancel);

    /// <summary>Writes the next version. Saving what stands already changes nothing and is no error.</summary>
    public Task<Verdict<Receipt>> ChangeAsync(
        ReviewId review, string id, TextRequest<T> request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(texts.Kind, id), (work, token) => ChangeAsync(work, id, request, token), cancel);

    /// <summary>Takes it back; its versions stay in the record.</summary>
    /// <param name="version">The version that was looked at, or null for whichever stands.</param>
    public Task<Verdict<Receipt>> WithdrawAsync(
        ReviewId review, string id, int? version, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(texts.Kind, id), (work, _) => Task.FromResult(Withdraw(work, id, version)), cancel);

    private async Task<Verdict<ReviewChange>> AddAsync(ReviewWork work, TextRequest<T> request, CancellationToken cancel)
    {
        if (texts.Closed(work.Actor, work.Review) is { } no)
            return no;
        var count = (await work.QueryAsync<Count>(
            Sql.Count, new { Review = work.Review.Id.Value, texts.Kind }, cancel))[0];
        if (texts.MayAdd(count.Standing) is { } full)
            return full;
        return await WriteAsync(work, texts.KeyAfter(count.All), 0, request, cancel);
    }

    private async Task<Verdict<ReviewChange>> ChangeAsync(ReviewWork work, string id, TextRequest<T> request, CancellationToken cancel)
    {
        if (texts.Closed(work.Actor, work.Review) is { } no)
            return no;
        var standing = work.Current?.Version ?? 0;
        if (work.IsWithdrawn || (standing == 0 && !(texts.IsOnly && id == texts.Kind)))
            return ReviewRefusals.NotFound;
        return await WriteAsync(work, id, request.Version ?? 0, request, cancel);
    }

    private Verdict<ReviewChange> Withdraw(ReviewWork work, string id, int? version)
    {
        if (texts.Closed(work.Actor, work.Review) is { } no)
            return no;
        if (work.Current is not { } current || work.IsWithdrawn || texts.IsOnly)
            return ReviewRefusals.NotFound;
        if (version is { } seen && seen != current.Version)
            return ReviewRefusals.Stale(current.Version);
        return new ReviewChange().Withdraw(texts.Kind, id, work).Made(id);
    }

    private async Task<Verdict<ReviewChange>> WriteAsync(
        ReviewWork work, string id, int baseVersion, TextRequest<T> request, CancellationToken cancel)
    {
        var review = work.Review;
        var content = texts.Clean(request.Content);
        var language = string.IsNullOrEmpty(request.Language) ? texts.LanguageOf(review) : request.Language;
        var material = texts.NeedsMaterial(content) ? await work.MaterialAsync(cancel) : Material.Empty;
        var problems = texts.Check(content, review, material).ToList();
        if (!SharingLabels.TryParse(texts.LabelOf(content, review, material)?.Code() ?? request.Label, out var chosen))
            problems.Add(new Refusal("writing.unknown-label", RefusalKind.Invalid, "label"));
        if (!AnswerRules.Languages.Contains(language, StringComparer.Ordinal))
            problems.Add(new Refusal("writing.unknown-language", RefusalKind.Invalid, "language"));
        if (problems.Count > 0)
            return Refusal.Of(problems);

        var label = SharingLabels.Inherit([chosen, texts.Bound(content, review, material)]).Code();
        var json = texts.Write(content, review);
        var current = work.Current;
        var standing = current?.Version ?? 0;
        var text = new NewText(texts.Kind, id, standing + 1, json, label, language);
        // Sent twice, or saved without a change.
        if (current is not null && current.Label == text.Label && current.Language == language
            && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(id);
        if (standing != baseVersion)
            return ReviewRefusals.Stale(standing);
        return new ReviewChange().Write(texts.Kind, id, baseVersion, json, label, language).Made(id);
    }

    private sealed record Count(int All, int Standing);

    private static class Sql
    {
        public const string Count =
            """
            SELECT count(*)::integer AS all, (count(*) FILTER (WHERE NOT withdrawn))::integer AS standing
            FROM writing_head WHERE review_id = @Review AND kind = @Kind
            """;
    }
}
