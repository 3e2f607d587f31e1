using System.Collections.Immutable;
using PeerReview.Core.Assessment;
using PeerReview.Core.Ledger;

namespace PeerReview.Core.Reviews;

/// <summary>The minutes of the opening: what all parties confirm before the experts begin.</summary>
/// <param name="Language">The language the experts work in, an ISO 639-1 code of the six.</param>
/// <param name="Split">Who comments on what.</param>
/// <param name="Channel">How people reach each other.</param>
/// <param name="Notes">What else was agreed.</param>
public sealed record MinutesContent(string Language, ImmutableArray<ItemSplit> Split, string Channel, string Notes);

/// <summary>Who confirms the opening, and whether the minutes can stand.</summary>
public static class OpeningRules
{
    /// <summary>The only key of minutes.</summary>
    public const string Key = "opening";

    /// <summary>The party of the coordinator's office.</summary>
    public const string Office = "COORD";

    /// <summary>The party of the subject.</summary>
    public const string Subject = "STATE";

    /// <summary>Longest text, in characters.</summary>
    public const int MaxText = 2000;

    /// <summary>Everybody who has to confirm: the office, the subject, each reviewing State by its code.</summary>
    public static ImmutableArray<string> Parties(Dossier dossier) =>
        [Office, Subject, .. dossier.Team.States.Select(seat => seat.State)];

    /// <summary>The role that confirms for a party.</summary>
    public static string RoleOf(string party) => party switch
    {
        Office => RoleCode.Coordinator,
        Subject => RoleCode.FocalPoint,
        _ => RoleCode.ReviewerFocalPoint,
    };

    /// <summary>What is confirmed: SHA-256 over the minutes as they stand, hex; null while there are none.</summary>
    public static string? HashOf(Material material) => material.Find(WritingKind.Minutes, Key) is { } minutes ? HashOf(minutes) : null;

    /// <summary>The same of one version of the minutes.</summary>
    public static string HashOf(Writing minutes) => CanonicalJson.Hash(Contents.Write(Contents.ReadMinutes(minutes))).ToString();

    /// <summary>Whether a party confirmed exactly these minutes.</summary>
    public static bool HasConfirmed(Dossier dossier, string party, string hash) =>
        dossier.SignedHash(SignedAct.Opening(party), RoleOf(party)) == hash;

    /// <summary>Whether a party confirmed the minutes as they stand: a change takes every confirmation away (see
    /// <see cref="Dossier.Evolve"/>).</summary>
    public static bool HasConfirmed(Dossier dossier, string party) => dossier.SignedHash(SignedAct.Opening(party), RoleOf(party)) is not null;

    /// <summary>Everything that is wrong with minutes, each with its field; empty when they can stand.</summary>
    /// <returns><c>opening.language</c>, <c>opening.unknown-item</c>, <c>opening.unknown-expert</c>, <c>opening.recused</c> {item},
    /// <c>opening.item-unassigned</c> {item}, <c>opening.channel</c> {max}, <c>opening.notes</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(MinutesContent minutes, Dossier dossier)
    {
        if (!AnswerRules.Languages.Contains(minutes.Language, StringComparer.Ordinal))
            yield return new Refusal("opening.language", RefusalKind.Invalid, "language");
        if (minutes.Split.Any(s => !dossier.Items.Contains(s.Item, StringComparer.Ordinal)))
            yield return new Refusal("opening.unknown-item", RefusalKind.Invalid, "split");
        var experts = dossier.Holding(RoleCode.Expert).ToHashSet();
        if (minutes.Split.Any(s => s.Experts.Any(expert => !experts.Contains(expert))))
            yield return new Refusal("opening.unknown-expert", RefusalKind.Invalid, "split");
        if (minutes.Split.FirstOrDefault(s => s.Experts.Any(expert => RecusalRules.IsRecused(dossier, expert, s.Item))) is { } recused)
            yield return new Refusal("opening.recused", RefusalKind.Invalid, $"split.{recused.Item}").With("item", recused.Item);
        if (dossier.Items.FirstOrDefault(item => !minutes.Split.Any(s => s.Item == item && !s.Experts.IsEmpty)) is { } left)
            yield return new Refusal("opening.item-unassigned", RefusalKind.Invalid, $"split.{left}").With("item", left);
        if (string.IsNullOrWhiteSpace(minutes.Channel) || minutes.Channel.Length > MaxText || !Text.IsReadable(minutes.Channel))
            yield return new Refusal("opening.channel", RefusalKind.Invalid, "channel").With("max", MaxText);
        if (minutes.Notes.Length > MaxText || !Text.IsReadable(minutes.Notes))
            yield return new Refusal("opening.notes", RefusalKind.Invalid, "notes").With("max", MaxText);
    }
}
