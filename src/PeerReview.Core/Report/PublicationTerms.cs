using System.Collections.Frozen;
using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Report;

/// <summary>What may be published of a review: by the signed decision, or, while the State is silent, by the promise of
/// the launch notice and not a word beyond it.</summary>
internal sealed class PublicationTerms
{
    private readonly ImmutableSortedDictionary<string, PublicationChoice> _choices;
    private readonly FrozenSet<string> _withheld;
    private readonly FrozenSet<string> _relabelled;

    private PublicationTerms(
        string variant, Func<string, PublicationChoice> choice, ImmutableArray<string> withheld, ImmutableArray<string> relabelled)
    {
        _choices = PublishedDocuments.Of(variant).ToImmutableSortedDictionary(d => d, choice, StringComparer.Ordinal);
        _withheld = withheld.ToFrozenSet(StringComparer.Ordinal);
        _relabelled = relabelled.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Document to code of the choice that holds.</summary>
    public ImmutableSortedDictionary<string, string> Codes =>
        _choices.ToImmutableSortedDictionary(c => c.Key, c => c.Value.Code(), StringComparer.Ordinal);

    /// <summary>The terms of an input.</summary>
    public static PublicationTerms Of(ReportInput input) => input.Decision is { } d
        ? new PublicationTerms(input.Variant, document => Choice(d.Choices, document), d.Withheld, d.Relabelled)
        : new PublicationTerms(input.Variant, document => OnSilence(document, Choice(input.Promise, document)), [], []);

    /// <summary>The choice that holds for a document; nothing for one the review has not.</summary>
    public PublicationChoice Choice(string document) => _choices.GetValueOrDefault(document, PublicationChoice.None);

    /// <summary>Whether a piece is withheld by name, itself or with the answer it belongs to.</summary>
    public bool Withholds(ReportPiece piece) => _withheld.Contains(piece.Key) || piece.Item is { } item && _withheld.Contains(item);

    /// <summary>Whether the text of a piece may be read by everybody, as far as labels and redactions go.</summary>
    public bool Opens(ReportPiece piece)
    {
        if (Withholds(piece))
            return false;
        if (_relabelled.Contains(piece.Key))
            return true;
        return piece.Label == SharingLabel.Clear
            && (piece.Source == SharingLabel.Clear || _relabelled.Contains(piece.Item!));
    }

    /// <summary>Whether a layer of an answer that is open is withheld on its own.</summary>
    public bool Withholds(string item, string layer) => _withheld.Contains(ReportPieces.LayerKey(item, layer));

    private static PublicationChoice Choice(ImmutableSortedDictionary<string, string> choices, string document) =>
        choices.TryGetValue(document, out var code) ? PublishedDocuments.FindChoice(code) ?? PublicationChoice.None
            : PublicationChoice.None;

    // A redacted document was promised, but nobody said what is redacted: only what its summary shows is sure to be
    // promised. The State's summary has no shorter form.
    private static PublicationChoice OnSilence(string document, PublicationChoice promised) => promised switch
    {
        PublicationChoice.Redacted when document == PublishedDocuments.Summary => PublicationChoice.None,
        PublicationChoice.Redacted => PublicationChoice.Summary,
        _ => promised,
    };
}
