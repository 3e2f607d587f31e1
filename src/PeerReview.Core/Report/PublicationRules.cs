using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using PeerReview.Core.Access;

namespace PeerReview.Core.Report;

/// <summary>Every way in which a decision about publication is refused. The codes are a public contract.</summary>
public static class PublicationRefusals
{
    public const string ChoiceMissing = "publication.choice-missing";
    public const string DocumentUnknown = "publication.document-unknown";
    public const string ChoiceUnknown = "publication.choice-unknown";
    public const string AlwaysShown = "publication.always-shown";
    public const string NotInReport = "publication.not-in-report";
    public const string NotRelabellable = "publication.not-relabellable";
    public const string AlreadyClear = "publication.already-clear";
    public const string WithheldAndRelabelled = "publication.withheld-and-relabelled";
    public const string RedactsNothing = "publication.redacts-nothing";
    public const string FullWithholds = "publication.full-withholds";

    /// <summary>All codes, so that a test can see that each has its sentence.</summary>
    public static ImmutableArray<string> Codes { get; } =
    [
        .. typeof(PublicationRefusals).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal),
    ];
}

/// <summary>What a decision about publication must say before it is signed (guard G-PUBDEC).</summary>
public static class PublicationRules
{
    // What a reader always sees, so that gaps can be told from omissions.
    private static readonly FrozenSet<string> AlwaysShown = new[]
    {
        "subject", "variant", "framework", "launched", "published", "choices",
        "heading", "headings", "title", "titles", "question", "questions", "date", "dates",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with a decision; empty when it may be signed.</summary>
    /// <param name="input">The material it is about. Its own <see cref="ReportInput.Decision"/> is not looked at.</param>
    public static ImmutableArray<Refusal> Check(PublicationDecision decision, ReportInput input)
    {
        var pieces = ReportPieces.Of(input);
        return
        [
            .. CheckChoices(decision.Choices, input.Variant, "choices"),
            .. Withheld(decision, input, pieces),
            .. Relabelled(decision, pieces),
            .. Fits(decision, input.Variant, pieces),
        ];
    }

    private static IEnumerable<Refusal> CheckChoices(
        ImmutableSortedDictionary<string, string> choices, string variant, string field)
    {
        foreach (var document in PublishedDocuments.Of(variant))
        {
            if (!choices.TryGetValue(document, out var choice))
                yield return No(PublicationRefusals.ChoiceMissing, $"{field}.{document}").With("document", document);
            else if (PublishedDocuments.FindChoice(choice) is null)
                yield return No(PublicationRefusals.ChoiceUnknown, $"{field}.{document}").With("document", document);
        }

        // The name was typed by somebody and is not repeated.
        if (choices.Keys.Any(d => !PublishedDocuments.Of(variant).Contains(d, StringComparer.Ordinal)))
            yield return No(PublicationRefusals.DocumentUnknown, field);
    }

    private static IEnumerable<Refusal> Withheld(
        PublicationDecision decision, ReportInput input, ImmutableArray<ReportPiece> pieces)
    {
        var keys = pieces.SelectMany(p => p.Layers.Prepend(p.Key)).ToFrozenSet(StringComparer.Ordinal);
        foreach (var (index, key) in decision.Withheld.Index())
        {
            if (keys.Contains(key))
                continue;
            var always = AlwaysShown.Contains(key) || input.Framework.Parts.Any(p => p.Id == key);
            yield return No(always ? PublicationRefusals.AlwaysShown : PublicationRefusals.NotInReport, "withheld")
                .With("position", index + 1);
        }
    }

    private static IEnumerable<Refusal> Relabelled(PublicationDecision decision, ImmutableArray<ReportPiece> pieces)
    {
        foreach (var (index, key) in decision.Relabelled.Index())
        {
            if (pieces.FirstOrDefault(p => p.Key == key) is not { } piece)
                yield return No(PublicationRefusals.NotRelabellable, "relabelled").With("position", index + 1);
            else if (piece.Travels == SharingLabel.Clear)
                yield return No(PublicationRefusals.AlreadyClear, "relabelled").With("key", key);
            else if (decision.Withheld.Contains(key, StringComparer.Ordinal))
                yield return No(PublicationRefusals.WithheldAndRelabelled, "relabelled").With("key", key);
        }
    }

    // The choice says in a word what the list of redactions says in full: they must not contradict each other.
    private static IEnumerable<Refusal> Fits(PublicationDecision decision, string variant, ImmutableArray<ReportPiece> pieces)
    {
        foreach (var document in PublishedDocuments.Of(variant))
        {
            var own = pieces.Where(p => p.Document == document).ToList();
            var named = own.Exists(p => p.Layers.Prepend(p.Key).Any(k => decision.Withheld.Contains(k, StringComparer.Ordinal)));
            var taken = own.Exists(p => p.Item is { } item && decision.Withheld.Contains(item, StringComparer.Ordinal));
            var refused = decision.Choices.GetValueOrDefault(document) switch
            {
                "full" when named => PublicationRefusals.FullWithholds,
                "redacted" when !named && !taken => PublicationRefusals.RedactsNothing,
                _ => null,
            };
            if (refused is not null)
                yield return No(refused, $"choices.{document}").With("document", document);
        }
    }

    private static Refusal No(string code, string field) => new(code, RefusalKind.Invalid, field);
}
