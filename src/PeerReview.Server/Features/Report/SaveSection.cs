using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>An expert writes the next version of a section. Its label is the strictest of what it can speak of.</summary>
public sealed class SaveSection(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/report/sections/{section}",
        async (Guid review, string section, SectionRequest request, Visit visit, SaveSection save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), section, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveSection)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string section, SectionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Section, section),
            (work, token) => DecideAsync(work, section, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string section, SectionRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.WriteReport, review.Facts) is { } no)
            return no;
        if (DraftReport.Closed(review.State) is { } closed)
            return closed;
        var written = request.Text.Tidy();
        if (DraftReport.Check(section, written, dossier, review.Framework).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var standing = work.Current?.Version ?? 0;
        if (work.Current is { } current && Contents.ReadSection(current).Text == written)
            return new ReviewChange().Made(section);
        if (standing != (request.Version ?? 0))
            return ReviewRefusals.Stale(standing);
        var flags = section == DraftReport.PrivateAnnex ? [] : wording.Flags(written, dossier.Subject);
        // Once the State reads it, nothing is saved that nobody has looked at.
        if (review.Facts.Drafted && !flags.IsEmpty && !request.NamesNobody)
            return new Refusal("report.wording", RefusalKind.Conflict, "text").With("sentence", flags[0]);
        var material = await work.MaterialAsync(cancel);
        var change = new ReviewChange().WriteSection(section, standing, new SectionContent(written, flags), review, material).Made(section);
        return flags.IsEmpty || !request.NamesNobody ? change : change.Clear(WritingKind.Section, section, standing + 1, "", material, dossier);
    }
}

/// <summary>A section as it comes in.</summary>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
/// <param name="NamesNobody">The author looked again at wording that was flagged: it blames nobody.</param>
public sealed record SectionRequest(string Text = "", int? Version = null, bool NamesNobody = false) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}

/// <summary>What several acts on the report write alike.</summary>
internal static class ReportChanges
{
    /// <summary>Writes a section in the language of the experts, under its label.</summary>
    public static ReviewChange WriteSection(
        this ReviewChange change, string section, int standing, SectionContent content, LoadedReview review, Material material) =>
        change.Write(
            WritingKind.Section, section, standing, Contents.Write(content),
            DraftReport.LabelOf(section, review.Dossier, review.Framework, material, content.Text).Code(), LanguageOf(review));

    /// <summary>Records that somebody looked at flagged wording.</summary>
    public static ReviewChange Clear(
        this ReviewChange change, string kind, string key, int version, string reason, Material material, Dossier dossier) => change.Write(
        WritingKind.WordingCheck, key, material.Find(WritingKind.WordingCheck, key)?.Version ?? 0,
        Contents.Write(new NoteContent(reason, [DraftReport.VersionMark(kind, key, version)])), "AMBER",
        dossier.Team.Language ?? dossier.WorkingLanguage);

    /// <summary>What the sections begin with, in the language of the experts.</summary>
    public static ImmutableSortedDictionary<string, string> Begin(LoadedReview review, Material material, TextCatalogue catalogue)
    {
        var texts = catalogue.In(LanguageOf(review));
        return DraftReport.Build(
            review.Dossier, review.Framework.In(LanguageOf(review)), material,
            new DraftWords(
                texts["draft.built.answer"], texts["draft.built.observation"], texts["draft.built.question"], texts["draft.built.reply"],
                texts["draft.built.contradiction"])
            {
                Stakeholder = texts["draft.built.stakeholder"],
            });
    }

    /// <summary>The language the experts work in.</summary>
    public static string LanguageOf(LoadedReview review) => review.Dossier.Team.Language ?? review.Dossier.WorkingLanguage;
}
