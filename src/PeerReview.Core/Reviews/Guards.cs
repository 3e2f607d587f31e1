using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What must hold to leave a stage, answered from dossier and material. Ids are those of the process
/// definitions; a guard of a variant this release does not offer answers no.</summary>
public static class Guards
{
    /// <summary>Answers the guards a command asks for, see <see cref="Decider.GuardsAsked"/>.</summary>
    /// <param name="stage">The stage that is to be left, where it is known.</param>
    public static IReadOnlyDictionary<string, GuardAnswer> Of(
        IEnumerable<string> asked, Framework framework, ProcessState state, Dossier dossier, Material material, Stage? stage = null)
    {
        if (stage is not null && !KnownStages.Serve(stage))
            return StageGuards.Of(asked, stage, state, dossier, material);
        var facts = new Facts(framework, state, dossier, material);
        var answers = asked.ToDictionary(guard => guard, guard => Answer(guard, facts), StringComparer.Ordinal);
        if (answers.ContainsKey("G-2REV"))
        {
            foreach (var seat in dossier.Team.States)
                answers[$"G-2REV/{seat.State}"] = TeamGuards.Nominated(seat.State, state, dossier);
        }

        if (answers.ContainsKey("G-COMMENTS"))
        {
            // Whom the review goes on without has nothing left to comment on.
            foreach (var expert in dossier.Holding(RoleCode.Expert).Concat((dossier.Team.LeftOut ?? []).Select(left => left.Person)).Distinct().Select(person => new PersonId(person)))
                answers[$"G-COMMENTS/{expert}"] = TeamGuards.Commented(expert, dossier, material);
        }

        if (answers.ContainsKey("G-DECL"))
        {
            foreach (var expert in dossier.Holding(RoleCode.Expert))
                answers[$"G-DECL/{new PersonId(expert)}"] = Unless(!dossier.HasDeclared(expert), "declaration");
        }

        return answers;
    }

    private static GuardAnswer Answer(string guard, Facts facts) => guard switch
    {
        "G-SIGN" => Unless(facts.Dossier.SignedHash(SignedAct.Launch, RoleCode.Authority) is null, "not-signed"),
        // Asked of the other reviews of the subject at launch, where they are at hand.
        "G-COOL" => GuardAnswer.Yes,
        "G-CASE" => Unless(
            facts.Dossier.Coordinator is not { } coordinator || facts.Dossier.Deputy is not { } deputy || coordinator == deputy,
            "coordinator-and-deputy"),
        "G-FP" => FocalPoint(facts.Dossier),
        "G-DRAW" => Unless(!TeamGuards.IsSeated(facts.State.Definition, facts.Dossier), "places-open"),
        "G-REDRAW" => Unless(!facts.Dossier.Team.ToReplace.IsEmpty, "redraw-open"),
        "G-2REV" => TeamGuards.Complete(facts.Dossier),
        "G-DECL" => Unless(facts.Dossier.Holding(RoleCode.Expert).Any(expert => !facts.Dossier.HasDeclared(expert)), "declaration"),
        "G-COMMENTS" => facts.Dossier.Holding(RoleCode.Expert)
            .Select(person => TeamGuards.Commented(new PersonId(person), facts.Dossier, facts.Material))
            .FirstOrDefault(answer => !answer.Holds, GuardAnswer.Yes),
        "G-COI" => TeamGuards.Cleared(facts.Dossier),
        "G-PLAN" => TeamGuards.Agreed(facts.Dossier, facts.Material),
        "G-SCOPEFULL" => Count(facts.Missing, "items-missing"),
        "G-TLP" => Unless(!facts.NothingClassified, "declaration-missing"),
        "G-SIGNOFF" => SignOff(facts),
        "G-COMPLETE" => Count(facts.Missing, "items-missing"),
        "G-REPLIED" => Count(facts.Dossier.OpenQuestions.Length, "questions-open"),
        "G-DLG" => DialogueRecordRules.Agreed(facts.Dossier, facts.Material),
        "G-MERGED" => Count(
            ConsolidationRules.Missing(ConsolidationRules.SheetOf(facts.Material), ConsolidationRules.Comments(facts.Material)), "comments-open"),
        "G-NOATTR" => Count(DraftReport.Flagged(facts.Material).Length, "wording-flagged"),
        "G-RECQ" => Unless(facts.Material.Of(WritingKind.Recommendation).Count() > RecommendationRules.Most, "too-many"),
        "G-SIZE" => Count(Math.Max(0, DraftReport.Words(facts.Material) - DraftReport.MaxWords), "words-over"),
        "G-ANNEX" => Count(FactCheck.Open(facts.Material).Length, "comments-open"),
        "G-AGREE" => Unless(!AgreementRules.Missing(AgreementRules.Stage, facts.Dossier).IsEmpty, "confirmation"),
        // Whose silence counts is decided with the last confirmation; what was agreed on is what stands.
        "G-AGREE-OR-DISSENT" => Unless(!AgreementRules.Stands(facts.Dossier), "confirmation"),
        "G-RECRESP" => Count(RecommendationResponses.Missing(facts.Material).Length, "responses-open"),
        "G-PLANOWN" => Count(
            RecommendationResponses.Missing(facts.Material).Length + RecommendationResponses.WithoutAction(facts.Material).Length, "actions-open"),
        "G-PUBDEC" => Unless(facts.Dossier.Choices is null, "not-decided"),
        "G-ACCESS" => Unless(facts.Dossier.Slug is null, "not-built"),
        "G-CARRY" => Unless(facts.Material.Find(WritingKind.ClosingNote, RoleCode.Authority) is null
            && facts.Material.Find(WritingKind.ClosingNote, RoleCode.Coordinator) is null, "closing-note"),
        "G-STKSCREEN" => Count(facts.Dossier.Stakeholders.Unscreened, "contributions-open"),
        // The State has its days: silence ends them, and before that only its own word that it replied to each, which is asked for
        // where it says so.
        "G-STKREPLY" => GuardAnswer.Yes,
        // Silence consents, and what a State says it says itself, which is asked for where it does.
        "G-ENDORSED" => GuardAnswer.Yes,
        "G-TRANS" => Count(ReaderTranslations.Of(facts.Dossier, facts.Material).Count(one => !one.IsDone), "translations-open"),
        _ => GuardAnswer.No("not-offered"),
    };

    private static GuardAnswer FocalPoint(Dossier dossier)
    {
        var named = dossier.People.Where(p => p.Letter is not null).ToList();
        if (named.Count(p => p.Role == RoleCode.FocalPoint) != 1)
            return GuardAnswer.No("focal-point");
        return Unless(named.All(p => p.Role != RoleCode.Alternate), "alternate");
    }

    private static GuardAnswer SignOff(Facts facts)
    {
        var dossier = facts.Dossier;
        if (dossier.Contributing.Any(person => !dossier.Validated.ContainsKey(person)))
            return GuardAnswer.No("parts-open");
        var hash = AssessmentHash.Of(facts.Material, dossier);
        if (dossier.SignedHash(SignedAct.SelfAssessment, RoleCode.FocalPoint) != hash)
            return GuardAnswer.No("focal-point-signature");
        return Unless(dossier.SignedHash(SignedAct.SelfAssessment, RoleCode.Authority) != hash, "authority-signature");
    }

    private static GuardAnswer Unless(bool broken, string detail) => broken ? GuardAnswer.No(detail) : GuardAnswer.Yes;

    private static GuardAnswer Count(int missing, string detail) =>
        missing == 0 ? GuardAnswer.Yes : GuardAnswer.No(FormattableString.Invariant($"{detail}:{missing}"));

    private sealed record Facts(Framework Framework, ProcessState State, Dossier Dossier, Material Material)
    {
        /// <summary>Items of the scope that are not answered.</summary>
        public int Missing => Completeness.Of(
            Framework, Dossier.Items, Material.Of(WritingKind.Answer).Select(Contents.ReadAnswer)).Missing.Length;

        /// <summary>The focal point declared with the signature that nothing classified is in it.</summary>
        public bool NothingClassified =>
            Material.Find(WritingKind.Signature, $"{SignedAct.SelfAssessment}:{RoleCode.FocalPoint}") is { } signature
            && Contents.ReadSignature(signature).NothingClassified;
    }
}
