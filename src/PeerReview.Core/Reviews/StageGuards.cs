using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What must hold to leave a stage that no part of the product is made for. What can be seen from the texts of the stage is
/// answered from them; of the rest, whoever does the stage states that it holds, and the record keeps who did.</summary>
public static class StageGuards
{
    /// <summary>Answers the guards of one stage.</summary>
    public static IReadOnlyDictionary<string, GuardAnswer> Of(
        IEnumerable<string> asked, Stage stage, ProcessState state, Dossier dossier, Material material)
    {
        var answers = new Dictionary<string, GuardAnswer>(StringComparer.Ordinal);
        foreach (var guard in asked)
        {
            answers[guard] = Computed(guard, stage, state, dossier, material)
                ?? (dossier.HasStated(stage.Id, guard) || GoesWithout(stage, state, dossier) ? GuardAnswer.Yes : GuardAnswer.No(NotStated));
            if (!stage.Exit.Any(exit => exit.Guard == guard && exit.Branch))
                continue;
            foreach (var part in state[stage].Parts.Where(p => p.Branch is not null))
                answers[$"{guard}/{part.Branch}"] = guard == Declared ? Declares(stage, part.Branch, dossier, material) : Written(stage, part.Branch, material);
        }

        return answers;
    }

    /// <summary>That each expert has declared and signed the code of conduct.</summary>
    public const string Declared = "G-DECL";

    /// <summary>The detail of a guard that waits for somebody's word.</summary>
    public const string NotStated = "not-stated";

    /// <summary>The guards of a stage that only hold by somebody's word now.</summary>
    public static IEnumerable<string> ToState(Stage stage, ProcessState state, Dossier dossier, Material material) =>
        stage.Exit.Select(exit => exit.Guard).Distinct(StringComparer.Ordinal)
            .Where(guard => Computed(guard, stage, state, dossier, material) is null);

    /// <summary>Null where only people know.</summary>
    private static GuardAnswer? Computed(string guard, Stage stage, ProcessState state, Dossier dossier, Material material) => guard switch
    {
        _ when state.Definition.Guards.FirstOrDefault(g => g.Id == guard) is { Attested: true } => null,
        "G-SIGN" => Unless(dossier.Signatures.All(s => s.Act != SignedAct.Launch), "not-signed"),
        // Asked of the other reviews of the subject at launch, where they are at hand.
        "G-COOL" => GuardAnswer.Yes,
        "G-DRAW" => Unless(dossier.Team.States.Length < (state.Definition.FindVariant(dossier.Variant)?.ReviewingStates ?? 0), "places-open"),
        // Everybody's part is done at once, by the act with which the last party agrees: see CommonText.
        _ when CommonText.Agrees(guard) && CommonText.Has(stage) => Written(stage, null, material),
        "G-AGREE" => Written(stage, null, material),
        // Each expert writes their own.
        Declared when stage.Beside.IsEmpty => GuardAnswer.Yes,
        "G-NOATTR" when Flagged(stage, state, material) == 0 => GuardAnswer.Yes,
        _ => null,
    };

    /// <summary>How many texts of a stage hold wording that has to be looked at.</summary>
    private static int Flagged(Stage stage, ProcessState state, Material material) => StageDocuments.KeysOf(stage, state[stage])
        .Count(key => material.Find(WritingKind.StageDocument, key) is { } text && !Contents.ReadSection(text).Flagged.IsEmpty);

    // Silence, and a right that is given up, end a stage without anybody's word: there is nothing that could be open before somebody used it.
    // Whoever does their part is asked for the word where they say so.
    private static bool GoesWithout(Stage stage, ProcessState state, Dossier dossier) =>
        (stage.Waivable || stage.OnSilence is { Effect: not SilenceEffect.Wait }) && !UsedRights.In(state, dossier, stage).Any();

    private static GuardAnswer Declares(Stage stage, string? branch, Dossier dossier, Material material) =>
        Written(stage, branch, material) is { Holds: false } unwritten ? unwritten
        : Unless(Guid.TryParse(branch, out var expert) && !dossier.HasDeclared(expert), "declaration");

    private static GuardAnswer Written(Stage stage, string? branch, Material material) =>
        Unless(!StageDocuments.Missing(stage, StageDocuments.BranchOf(stage, branch), material).IsEmpty, "text");

    private static GuardAnswer Unless(bool broken, string detail) => broken ? GuardAnswer.No(detail) : GuardAnswer.Yes;
}
