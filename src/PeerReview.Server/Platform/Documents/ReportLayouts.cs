using System.Globalization;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Report;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Lays a report out: good practices first; every gap says that it is one.</summary>
public static class ReportLayouts
{
    /// <summary>The chapter of what the State undertakes: its commitments, or its action plan.</summary>
    public const string Commitments = "commitments";

    /// <summary>The chapter of what was told at one of the moments of the follow-up.</summary>
    public static string ProgressAt(string moment) => "progress-" + moment;

    /// <summary>One chapter of a report, for a page on which the same names stand already over what the State writes.</summary>
    public static ReportLayout Excerpt(ReportSheet sheet, string chapter)
    {
        var layout = Of(sheet);
        return layout with
        {
            Chapters =
            [
                .. layout.Chapters.Where(one => one.Id == chapter).Select(one => one with
                {
                    Id = "public-" + one.Id,
                    Passages = [.. one.Passages.Select(passage => passage.Id is null ? passage : passage with { Id = "public-" + passage.Id })],
                }),
            ],
        };
    }

    /// <summary>What a report is called; one on a theme says so.</summary>
    /// <param name="framework">The one the report speaks of.</param>
    /// <param name="state">The name of the State.</param>
    public static string TitleOf(PublishedReport report, Core.Frameworks.Framework framework, string state, Texts texts) =>
        ThemeNames.With(texts, texts.Of("register.report_of", ("state", state)), report.Theme is { } theme ? ThemeNames.Of(texts, framework, theme) : null);

    /// <summary>The report as everybody reads it on its page.</summary>
    public static ReportLayout Of(ReportSheet sheet)
    {
        var texts = sheet.Texts;
        // The name of the State is in the language of the report: marks that set it apart would only be seen in titles.
        return new ReportLayout(
            Bidi.Bare(TitleOf(sheet.Report, sheet.Framework, sheet.State, texts)), texts.Language, texts.Direction, texts["documents.contents"])
        {
            Facts = [.. Facts(sheet)],
            Chapters = [.. Chapters(sheet)],
        };
    }

    /// <summary>The same with a last chapter on how to verify it: for files, which leave their page.</summary>
    /// <exception cref="ArgumentException">It is a preview.</exception>
    public static ReportLayout ForFile(ReportSheet sheet)
    {
        var edition = sheet.Edition ?? throw new ArgumentException("A file is made of an edition.", nameof(sheet));
        var layout = Of(sheet);
        var texts = sheet.Texts;
        return layout with
        {
            Chapters =
            [
                .. layout.Chapters,
                new ReportChapter("verify", texts["register.verify"],
                [
                    Plain(
                        new ReportBlock.Line(new Words(texts["documents.verify_text"])),
                        new ReportBlock.Facts(
                        [
                            new ReportFact(texts["documents.format_of.json"], Words.Link(edition.Data)),
                            new ReportFact("SHA-256", new Words(edition.Sha256, "en")),
                            new ReportFact(texts["documents.address"], Words.Link(edition.Address)),
                        ])),
                ]),
            ],
        };
    }

    private static IEnumerable<ReportFact> Facts(ReportSheet sheet)
    {
        var (report, texts) = (sheet.Report, sheet.Texts);
        yield return new ReportFact(texts["register.variant"], new Words(texts["variant." + report.Variant]));
        if (report.Theme is { } theme)
            yield return new ReportFact(texts["theme.label"], new Words(ThemeNames.Of(texts, sheet.Framework, theme)));
        if (report.Region is { } region)
        {
            yield return new ReportFact(texts["launch.kind.label"], new Words(texts["launch.kind.name." + region.Kind]));
            // None where no State agreed to be named.
            if (!region.States.IsEmpty)
                yield return new ReportFact(texts["participants.endorsed_by"], new Words(texts.List([.. region.States.Select(sheet.NameOf).Order(StringComparer.CurrentCulture)])));
        }

        if (report.Agreed is { } agreed)
        {
            yield return new ReportFact(
                texts["report.reviewing_states"], new Words(texts.List([.. agreed.ReviewingStates.Select(sheet.NameOf).Order(StringComparer.CurrentCulture)])));
            foreach (var fact in AgreedLayouts.Standing(sheet))
                yield return fact;
            if (agreed.Without is { } without)
                yield return new ReportFact(texts["report.without"], new Words(texts.Of("report.without_text", ("states", texts.List([.. without.Select(sheet.NameOf)])))));
        }

        yield return new ReportFact(texts["register.launched"], new Words(texts.Day(report.Launched)));
        if (report.Published is { } published)
            yield return new ReportFact(texts["register.published"], new Words(texts.Day(published)));
        yield return new ReportFact(
            texts["register.framework"],
            new Words(texts.Of("register.framework_version", ("title", sheet.Framework.Title), ("version", sheet.Framework.Version))));
        if (report.Agreed is { On: { } on, Partly: var partly })
            yield return new ReportFact(texts[partly ? "report.concluded" : "report.agreed"], new Words(texts.Day(on)));
        if (sheet.Edition is { } edition)
            yield return new ReportFact(texts["register.edition"], new Words(edition.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<ReportChapter> Chapters(ReportSheet sheet)
    {
        var (report, texts) = (sheet.Report, sheet.Texts);
        yield return new ReportChapter("public", texts["register.public_parts"], [Plain(new ReportBlock.Facts([.. ReportChoices.Of(report, texts)]))]);
        if (report.Summary is { } summary)
            yield return new ReportChapter("summary", report.Agreed is null ? texts["report.summary"] : SectionNames.Of(DraftReport.Summary, (string?)null, texts), [Plain(Written(summary, texts))]);
        if (!report.GoodPractices.IsEmpty)
            yield return new ReportChapter("practices", texts["report.practices"], [.. report.GoodPractices.Select((p, i) => Practice(p, i, sheet))]);
        foreach (var chapter in AgreedLayouts.Chapters(sheet))
            yield return chapter;
        if (!report.Commitments.IsEmpty)
            yield return new ReportChapter(Commitments, texts[report.Agreed is null ? "report.commitments" : "document.action_plan"], [.. report.Commitments.Select(c => Commitment(c, sheet))]);
        foreach (var chapter in AgreedLayouts.Progress(sheet))
            yield return chapter;
        foreach (var section in report.Sections)
        {
            yield return new ReportChapter(
                "part-" + section.Part, $"{section.Part} – {section.Title}", [.. section.Answers.Select(a => Answer(a, sheet))]);
        }

        foreach (var own in report.Sheets ?? [])
        {
            yield return new ReportChapter(
                "sheet-" + own.State, texts.Of("sheets.of", ("state", sheet.NameOf(own.State))),
                [
                    .. own.Answers.Select(a => new ReportPassage(
                        $"sheet-{own.State}-{a.Item}", [new Words($"{a.Item} – {a.Question}")], [Written(a.Text, texts)])),
                ]);
        }

        if (!report.Clarifications.IsEmpty)
            yield return new ReportChapter("clarifications", texts[report.Agreed is null ? "report.clarifications" : "report_page.annex.questions"], [.. report.Clarifications.Select((c, i) => Clarification(c, i, sheet))]);
        foreach (var chapter in AgreedLayouts.Annexes(sheet))
            yield return chapter;
    }

    private static ReportPassage Practice(ReportPractice practice, int place, ReportSheet sheet)
    {
        List<ReportBlock> blocks = [Written(practice.Text, sheet.Texts)];
        if (!practice.Outcomes.IsEmpty)
        {
            blocks.Add(new ReportBlock.Facts(
            [
                new ReportFact(sheet.Texts["commitment.outcomes"], new Words(sheet.Framework.Outcomes.Names(practice.Outcomes, sheet.Texts))),
                new ReportFact(sheet.Texts["commitment.lenses"], new Words(sheet.Framework.Lenses.Names(practice.Lenses, sheet.Texts))),
            ]));
        }

        return new ReportPassage(Numbered("practice", place), [new Words(TitleOf(practice.Item, sheet))], blocks);
    }

    private static ReportPassage Commitment(ReportCommitment one, ReportSheet sheet) => one.Content is { } content
        ? new ReportPassage(
            one.Id,
            [new Words($"{one.Id}: "), new Words(content.Title, one.Language)],
            [
                .. content.Text.Length > 0 ? [new ReportBlock.Written(new Words(content.Text, one.Language))] : Array.Empty<ReportBlock>(),
                new ReportBlock.Facts([.. CommitmentLines.Of(content, one.Language, sheet)]),
            ])
        : new ReportPassage(one.Id, [new Words(one.Id)], [Withheld(one.ByLabel, sheet.Texts)]);

    private static ReportPassage Answer(ReportAnswer answer, ReportSheet sheet) => new(
        "item-" + answer.Item,
        [new Words($"{answer.Item} – {answer.Question}")],
        answer.Withheld ? [Withheld(answer.ByLabel, sheet.Texts)] : [.. AnswerBlocks(answer, sheet)]);

    private static IEnumerable<ReportBlock> AnswerBlocks(ReportAnswer answer, ReportSheet sheet)
    {
        var texts = sheet.Texts;
        yield return new ReportBlock.Value(answer.Value is { } value ? sheet.Framework.Scale.Name(value) : texts["report.unanswered"]);
        foreach (var layer in answer.Layers)
        {
            yield return new ReportBlock.Heading(texts["report.layer." + layer.Name]);
            yield return Written(layer.Text, texts);
        }

        foreach (var block in (answer.Translations ?? []).SelectMany(translation => Translated(translation, texts)))
            yield return block;
        if (!answer.Sectors.IsEmpty)
        {
            yield return new ReportBlock.Facts(
                [new ReportFact(texts["report.sectors"], new Words(sheet.Framework.Sectors.Names(answer.Sectors, texts)))]);
        }

        if (answer.LastTested is { } tested)
            yield return new ReportBlock.Line(new Words(texts.Of("report.last_tested", ("day", tested))));
    }

    private static IEnumerable<ReportBlock> Translated(ReportTranslation translation, Texts texts)
    {
        var name = texts.Of("report.translation", ("language", texts.LanguageName(translation.Language)));
        yield return new ReportBlock.Heading(translation.Older ? $"{name} – {texts["report.translation_older"]}" : name);
        foreach (var layer in translation.Layers)
        {
            yield return new ReportBlock.Heading(texts["report.layer." + layer.Name]) { IsUnder = true };
            yield return Written(layer.Text, texts);
        }
    }

    private static ReportPassage Clarification(ReportClarification one, int place, ReportSheet sheet) => new(
        Numbered("question", place),
        [new Words(one.Item is { } item ? TitleOf(item, sheet) : sheet.Texts["report.question"])],
        [
            Written(one.Question, sheet.Texts),
            new ReportBlock.Heading(sheet.Texts["report.reply"]),
            one.Reply is { } reply ? Written(reply, sheet.Texts) : new ReportBlock.Note(sheet.Texts["report.no_reply"]),
        ]);

    internal static ReportBlock Written(ReportText text, Texts texts) => text.Text is { } words
        ? new ReportBlock.Written(new Words(words, text.Language))
        : Withheld(text.ByLabel, texts);

    internal static ReportBlock.Note Withheld(bool byLabel, Texts texts) => new(texts[byLabel ? "report.kept_back" : "report.withheld"]);

    private static string TitleOf(string item, ReportSheet sheet) => $"{item} – {sheet.Framework.Item(item)?.Question}";

    internal static ReportPassage Plain(params IReadOnlyList<ReportBlock> blocks) => new(null, [], blocks);

    private static string Numbered(string kind, int place) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{place + 1}");
}
