using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>A text that all parties of a stage of a programme's own process agree to. Each of them may change it, and a changed text asks all
/// again; each may say no with a reason. Nobody's part of the stage counts before the last has agreed.</summary>
/// <remarks>Where the process has no stage to go on with if they cannot agree, the review goes on once the days are over, with what was said
/// against the text beside it: silence and a no stop nobody, and consent to nothing.</remarks>
public static class CommonText
{
    /// <summary>Whether a stage has such a text.</summary>
    public static bool Has(Stage stage) => stage.Mode != ActsMode.Sequence && (stage.Mode == ActsMode.All || !stage.Each.IsEmpty)
        // Where every part is a branch, each writes its own.
        && !stage.Beside.IsEmpty && stage.Exit.Any(exit => Agrees(exit.Guard));

    /// <summary>Whether a guard is that all agree.</summary>
    public static bool Agrees(string guard) => guard is "G-AGREE" or "G-AGREE-OR-DISSENT";

    /// <summary>Everybody whose agreement an open stage waits for.</summary>
    public static ImmutableArray<TextParty> Parties(Stage stage, StageState at) =>
    [
        .. from part in at.Parts
           where part.Status == PartStatus.Open
           let roles = stage.RolesOf(part.Group)
           from role in stage.Mode == ActsMode.Any ? roles[..1] : roles
           select new TextParty(role, part.Branch),
    ];

    /// <summary>The party somebody speaks for: of several the first that has not agreed; null for everybody else.</summary>
    public static TextParty? PartyOf(ProcessState state, Stage stage, Acting by, Dossier dossier)
    {
        var own = Parties(stage, state[stage])
            .Where(party => party.Branch is null ? by.Branch is null || state.Definition.Role(party.Role).HeldPer is not null : party.Branch == by.Branch)
            .Where(party => RolesOf(stage, state[stage], party).Any(role => by.Roles.Any(held => state.Definition.ActsAs(held, role)))).ToList();
        return own.Find(party => !HasAgreed(dossier, state, stage, party)) ?? own.FirstOrDefault();
    }

    /// <summary>Whether a party has agreed to the text as it stands, since the stage opened.</summary>
    public static bool HasAgreed(Dossier dossier, ProcessState state, Stage stage, TextParty party) => Agreement(dossier, state, stage, party) is not null;

    /// <summary>By whom and when a party agreed to the text as it stands; null where it has not.</summary>
    public static SignatureMark? Agreement(Dossier dossier, ProcessState state, Stage stage, TextParty party) => dossier.Signatures.FirstOrDefault(
        mark => mark.Act == SignedAct.StageText(stage.Id, party.Key) && mark.At >= state[stage].OpenedAt);

    /// <summary>The parties that have not agreed to the text as it stands.</summary>
    public static ImmutableArray<TextParty> Missing(Dossier dossier, ProcessState state, Stage stage) =>
        [.. Parties(stage, state[stage]).Where(party => !HasAgreed(dossier, state, stage, party))];

    /// <summary>Whether the review can go on without the agreement of all: the days are over, and no stage of the process is there for it.</summary>
    public static bool MayGoOn(ProcessState state, Stage stage, DateTimeOffset now) =>
        stage.OnFail is null && state[stage].Deadline is { } deadline && now >= Deadlines.LateFrom(deadline);

    /// <summary>The roles of a part whose agreement is still missing; of other stages all it waits for.</summary>
    public static ImmutableArray<string> Waited(Dossier dossier, ProcessState state, Turn turn)
    {
        if (!KnownStages.AreGeneric(state.Definition, turn.Stage) || !Has(turn.Stage))
            return turn.Roles;
        var missing = Missing(dossier, state, turn.Stage).Where(party => party.Branch == turn.Branch).Select(party => party.Role).ToList();
        return turn.Stage.Mode == ActsMode.Any
            ? missing.Count == 0 ? [] : turn.Roles
            : [.. turn.Roles.Where(role => missing.Contains(role, StringComparer.Ordinal))];
    }

    /// <summary>The key of what a party says against the text.</summary>
    public static string ObjectionKey(Stage stage, TextParty party) => $"{stage.Id}:{party.Key}";

    /// <summary>Whether an agreement does not stand any more after a text was written: another text asks all again, and whoever says no has
    /// not agreed.</summary>
    /// <param name="act">What was signed.</param>
    internal static bool Unsettles(ReviewEvent.TextWritten text, string act)
    {
        var stage = StageDocuments.StageOf(text.Key);
        return text.What == WritingKind.StageObjection
            ? act == SignedAct.StageText(stage, text.Key[(stage.Length + 1)..])
            : act.StartsWith(SignedAct.StageTextOf(stage), StringComparison.Ordinal);
    }

    private static ImmutableArray<string> RolesOf(Stage stage, StageState at, TextParty party) => stage.Mode == ActsMode.Any
        ? stage.RolesOf(at.Part(party.Branch)?.Group ?? -1)
        : [party.Role];
}

/// <summary>Whose agreement a common text needs.</summary>
/// <param name="Role">The role that agrees; of several of which one is enough the first.</param>
/// <param name="Branch">The reviewing State or expert; null for a party beside the branches.</param>
public sealed record TextParty(string Role, string? Branch)
{
    /// <summary>Its name in acts and keys.</summary>
    public string Key => Branch is null ? Role : $"{Branch}.{Role}";
}
