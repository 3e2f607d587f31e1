using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>Reads a stage that no part of the product is made for, with its documents, as far as somebody may.</summary>
public sealed class StageReader(ReviewLookup reviews, Calendars calendars)
{
    /// <summary>Null where there is nothing at the address for this person.</summary>
    public async Task<FoundStage?> FindAsync(Actor actor, ReviewId id, string stage, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, id, Sql.Texts, new { Review = id.Value, Prefix = stage + ":", Answers = SettleRight.ReasonOf(stage) + ":" },
            async grid => (
                Own: (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray(),
                Others: (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()).ToImmutableArray()),
            cancel);
        if (found is not { Review: var review } || review.Process.FindStage(stage) is not { } at
            || !KnownStages.AreGeneric(review.Process, at) || !StageSight.Of(review, actor).Shows(at))
            return null;
        var acting = actor.Person is { } person && Access.May(actor, ReviewAct.DoStage, review.Facts) is null
            ? StageRights.ActingIn(review, at, person)
            : null;
        var used = acting is null ? null : UsedRights.In(review.State, review.Dossier, at, acting.Branch);
        var late = acting is not null && LateDeclarations.AreMadeIn(at) && LateDeclarations.IsOwed(review.State, review.Dossier, acting.Person);
        var open = late || (acting is not null && used is null && StageDoor.Closed(review.State, stage, acting) is null);
        var notYet = open && !late ? StageDoor.NotTheirTurn(review.State, stage, acting!, FactsForProcess.Held(review)) : null;
        var writes = open && (notYet is null || at.Mode != ActsMode.Sequence);
        var documents = Documents(actor, review, at, [.. found.More.Own.Where(w => w.Kind == WritingKind.StageDocument)], writes ? acting : null).ToImmutableArray();
        var common = CommonText.Has(at) && !documents.IsEmpty ? AgreementOn(review, at, found.More.Own, open ? acting : null) : null;
        var turn = open && notYet is null && common is not { Own: { Agreed: not null }, MayGoOn: false };
        var material = new Material([.. found.More.Own.GroupBy(w => (w.Kind, w.Key)).Select(versions => versions.MaxBy(w => w.Version)!)], []);
        return new FoundStage(review, at, documents)
        {
            Common = common,
            Withheld = Withheld(actor, review, [.. found.More.Own.Where(w => w.Kind == WritingKind.StageDocument)]),
            Sources = writes && (common is not null || IsReport(review, at)) ? [.. Sources(actor, review, [.. documents.Where(text => text.MayWrite)], found.More.Others)] : [],
            Acting = turn ? acting : null,
            ToSettle = SettleRight.For(actor, review, at) is { } toSettle ? (toSettle, StageAsks.ToSettle(review, at, toSettle, material, calendars)) : null,
            Answers = Access.ReadsReasons(actor, review.Facts) ? [.. found.More.Own.Where(w => w.Kind == WritingKind.Reason)] : [],
            UsedAt = used is not null && review.RolesOf(actor.Person!.Value).Any(held => at.Acts.Any(role => review.Process.ActsAs(held, role))) ? used.At : null,
            DoneAt = common is { Own.Agreed.At: var agreedAt } ? agreedAt
                : review.Dossier.RightsUsed?.LastOrDefault(right => right.Stage == at.Id && right.By == actor.Person?.Value) is { } own ? own.At
                : actor.Person is { } me ? review.State[at].Parts.SelectMany(part => part.Completions).Where(c => c.Person == me).Select(c => (DateTimeOffset?)c.At).Max() : null,
            After = notYet is { Code: ProcessRefusals.NotYourTurn } ? (string)notYet.Args["role"] : null,
            Asks = late ? StageAsks.Late : turn ? StageAsks.Of(review, at, acting!, material, calendars) : StageAsks.Nothing,
            Gaps = [.. Gaps(review, at, actor)],
            StatesReplaceable = at.Waivable && review.Dossier.Team.States.Any(seat => ReplacingState.OfNamed(review.State, seat.State) is null),
            MayFail = open && !late && at.OnFail is not null,
            MayWaive = turn && at.Waivable && Access.May(actor, ReviewAct.Waive, review.Facts) is null,
            MaySkip = acting is not null && Accepts(review, new ProcessCommand.Skip(acting, stage)),
            Back = open ? [.. (at.Return?.To ?? []).Where(to => Accepts(review, new ProcessCommand.Return(acting!, stage, to)))] : [],
        };
    }

    /// <summary>How many texts only their label keeps from the reader. Whoever works on the review may know that they are there, by the rule
    /// that takes their words away; of everything else nothing is told.</summary>
    private static int Withheld(Actor actor, LoadedReview review, ImmutableArray<Writing> texts) => texts
        .GroupBy(text => text.Key, StringComparer.Ordinal).Select(versions => versions.MaxBy(text => text.Version)!)
        .Count(text => StageDocuments.Find(review.Process, text.Key) is { } document && document.ToAccess(review.State, review.Dossier) is var access
            && Access.Visible(actor, access, review.Facts, SharingLabels.Of(text.Label)).Extent == Extent.Metadata
            && Access.Visible(actor, access, review.Facts).CanRead);

    /// <summary>What each party says to the common text as it stands.</summary>
    /// <param name="by">Whoever can act in the stage now; null for all others.</param>
    private static TextAgreement AgreementOn(LoadedReview review, Stage stage, ImmutableArray<Writing> texts, Acting? by)
    {
        var own = by is null ? null : CommonText.PartyOf(review.State, stage, by, review.Dossier);
        var said = CommonText.Parties(stage, review.State[stage]).Select(party => new PartyLine(
            party,
            CommonText.Agreement(review.Dossier, review.State, stage, party),
            texts.FirstOrDefault(text => text.Kind == WritingKind.StageObjection && text.Key == CommonText.ObjectionKey(stage, party)))).ToList();
        // Of a stage that is over, what was said against the text stays beside it.
        var left = review.State[stage].Status == StageStatus.Open ? [] : texts.Where(text => text.Kind == WritingKind.StageObjection)
            .GroupBy(text => text.Key, StringComparer.Ordinal).Select(versions => versions.MaxBy(text => text.Version)!).OrderBy(text => text.At).ToList();
        return new TextAgreement([.. said], said.Find(line => line.Party == own), [.. left])
        {
            MayGoOn = own is not null && CommonText.MayGoOn(review.State, stage, review.Now),
        };
    }

    private static readonly ImmutableArray<Core.Access.Role> Working =
    [
        Core.Access.Role.StateAuthority, Core.Access.Role.StateFocalPoint, Core.Access.Role.ReviewerFocalPoint, Core.Access.Role.ReviewerExpert, Core.Access.Role.Coordinator,
    ];

    /// <summary>Whether a stage makes a report: nobody types again what an earlier stage wrote.</summary>
    private static bool IsReport(LoadedReview review, Stage stage) => review.Process.Documents
        .Where(document => stage.Makes.Contains(document.Id, StringComparer.Ordinal))
        .Any(document => ProcessCodes.Parse<DocumentKind>(document.Visibility) is DocumentKind.DraftReport or DocumentKind.AgreedReport or DocumentKind.ExecutiveSummary);

    /// <summary>The texts of earlier stages a common text, or a report, can begin with: those that whoever works on the review and will read the
    /// new one reads already, and those of its own kind.</summary>
    /// <param name="to">The texts that would begin so.</param>
    private static IEnumerable<(StageDocument Document, Writing Text)> Sources(Actor actor, LoadedReview review, ImmutableArray<StageText> to, ImmutableArray<Writing> others) =>
        from text in others
        let document = StageDocuments.Find(review.Process, text.Key)
        where document is { Branch: null } && to.All(one => document.Stage.Index < one.Document.Stage.Index) && review.State[document.Stage].Status.IsClosed()
        let access = document.ToAccess(review.State, review.Dossier)
        let label = SharingLabels.Of(text.Label)
        where Access.Visible(actor, access, review.Facts, label).CanRead
        let readers = Audience.Of(access, review.Facts, label)
        where to.All(one => one.Document.Document.Visibility == document.Document.Visibility || one.Readers.Concat(one.Then ?? []).Where(Working.Contains).All(role => readers.Contains(role)))
        orderby document.Stage.Index descending
        select (document, text);

    /// <summary>What an open stage lacks, or the one that comes next, each with whether the reader can mend it.</summary>
    private static IEnumerable<FoundGap> Gaps(LoadedReview review, Stage stage, Actor actor)
    {
        if (review.State[stage].Status != StageStatus.Open || review.State.Status != Core.Process.ReviewStatus.Running)
            yield break;
        if (StageGaps.LackStates(review.State, review.Dossier, stage))
            yield return new FoundGap(StageGap.States, null, May(ReviewAct.NameReviewers));
        else if (ReviewingStates.Deserted(review.State, review.Dossier, stage) is not null)
            yield return new FoundGap(StageGap.Experts, null, May(ReviewAct.NominateExperts));
        if (StageGaps.LacksFocalPoint(review.State, stage, role => Held(review, role, null)))
            yield return new FoundGap(StageGap.People, RoleCode.FocalPoint, May(ReviewAct.AppointFocalPoint));
        foreach (var part in review.State[stage].Parts.Where(part => part.Status == PartStatus.Open))
        {
            foreach (var role in stage.RolesOf(part.Group).Where(role => !Held(review, role, part.Branch)))
            {
                yield return role switch
                {
                    RoleCode.FocalPoint or RoleCode.Alternate => new FoundGap(StageGap.People, role, May(ReviewAct.AppointFocalPoint)),
                    RoleCode.Contributor => new FoundGap(StageGap.People, role, May(ReviewAct.AppointContributor)),
                    RoleCode.Authority => new FoundGap(StageGap.Authority, role, May(ReviewAct.NameReviewers)),
                    RoleCode.ReviewerFocalPoint => new FoundGap(StageGap.Speaker, role, May(ReviewAct.AppointReviewerFocalPoint)) { State = part.Branch },
                    _ => new FoundGap(StageGap.Experts, role, May(ReviewAct.NominateExperts) || May(ReviewAct.NameLead)),
                };
            }
        }

        bool May(ReviewAct act) => Access.May(actor, act, review.Facts) is null;
    }

    /// <summary>Whether somebody acts as a role, in one part of a stage or in the review as a whole.</summary>
    internal static bool Held(LoadedReview review, string role, string? branch) => review.Process.Roles.Where(held => review.Process.ActsAs(held.Id, role))
        .Any(held => (branch is null ? review.Holding(held.Id) : review.Holding(held.Id, branch)).Any());

    private static bool Accepts(LoadedReview review, ProcessCommand command) =>
        Decider.Decide(review.Process, review.State, command, new ProcessFacts(), review.Now) is Verdict<Decision>.Accepted;

    private static IEnumerable<StageText> Documents(
        Actor actor, LoadedReview review, Stage stage, ImmutableArray<Writing> texts, Acting? acting)
    {
        var own = acting is null ? [] : stage.Makes.Select(document => StageDocuments.KeyOf(stage, document, StageDocuments.BranchOf(stage, acting.Branch))).ToList();
        foreach (var key in StageDocuments.KeysOf(stage, review.State[stage]).Union(own, StringComparer.Ordinal).Union(texts.Select(t => t.Key).Distinct(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            if (StageDocuments.Find(review.Process, key) is not { } document)
                continue;
            var access = document.ToAccess(review.State, review.Dossier);
            var versions = texts.Where(t => t.Key == key).OrderByDescending(t => t.Version).ToImmutableArray();
            var label = versions.FirstOrDefault() is { } newest ? SharingLabels.Of(newest.Label) : (SharingLabel?)null;
            var sight = Access.Visible(actor, access, review.Facts, label);
            var writes = own.Contains(key, StringComparer.Ordinal);
            if (!writes && !(sight.CanRead && versions.Length > 0))
                continue;
            var (then, facts) = document.HandedIn(review.State, review.Dossier, review.Facts);
            yield return new StageText(document, versions, Audience.Of(access, review.Facts, label), access.Draft ? Audience.Of(then, facts, label) : null)
            {
                MayWrite = writes,
                GoesOut = Audience.Of(then, facts, SharingLabel.Clear).Contains(Core.Access.Role.OtherState),
                // Earlier versions are for those who make it.
                History = sight.May(Rights.Write) ? versions : [.. versions.Take(1)],
            };
        }
    }

    private static class Sql
    {
        public const string Texts =
            """
            SELECT kind, key, version, content, label, language, author, at FROM writing
            WHERE review_id = @Review
              AND ((kind IN ('stage_document', 'stage_objection') AND starts_with(key, @Prefix)) OR (kind = 'reason' AND starts_with(key, @Answers)))
            ORDER BY key, version DESC;
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'stage_document' AND NOT starts_with(key, @Prefix) AND NOT withdrawn
            ORDER BY key
            """;
    }
}

/// <summary>A stage as somebody may see it.</summary>
public sealed record FoundStage(LoadedReview Review, Stage Stage, ImmutableArray<StageText> Documents)
{
    /// <summary>As whom the reader can do their part now; null where they cannot.</summary>
    public Acting? Acting { get; init; }

    /// <summary>What they are asked to say with it.</summary>
    public required StageAsks Asks { get; init; }

    /// <summary>When the reader did their part, UTC; null where they have not.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The right the office is to settle what follows from, and what it is asked to state; null for everybody else.</summary>
    public (UsedRight Right, StageAsks Asks)? ToSettle { get; init; }

    /// <summary>What the office answered to a right that was used, oldest first; none for whoever may not read it.</summary>
    public ImmutableArray<Writing> Answers { get; init; } = [];

    /// <summary>When the side of the reader used the right that is being settled, UTC; null elsewhere.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>What the parties say to the text, where all agree to one; null elsewhere.</summary>
    public TextAgreement? Common { get; init; }

    /// <summary>Whether several parts of the stage write one text and each is done by itself.</summary>
    public bool IsShared => Common is null && Stage.Mode != ActsMode.Sequence && !Stage.Beside.IsEmpty && (Stage.Mode == ActsMode.All || !Stage.Each.IsEmpty);

    /// <summary>Texts that are there and that their label keeps from the reader.</summary>
    public int Withheld { get; init; }

    /// <summary>Texts of earlier stages that a common text, or a report, can begin with, the nearest first.</summary>
    public ImmutableArray<(StageDocument Document, Writing Text)> Sources { get; init; } = [];

    /// <summary>In a sequence, whose turn comes before the reader's; null elsewhere.</summary>
    public string? After { get; init; }

    /// <summary>What has to be there before it can go on.</summary>
    public ImmutableArray<FoundGap> Gaps { get; init; } = [];

    /// <summary>Whether the stage is a right, and another State can be put in the place of a reviewing one because it was used.</summary>
    public bool StatesReplaceable { get; init; }

    public bool MayFail { get; init; }

    public bool MayWaive { get; init; }

    public bool MaySkip { get; init; }

    /// <summary>Earlier stages they can send back.</summary>
    public ImmutableArray<string> Back { get; init; } = [];
}

/// <summary>What the parties of a stage say to its common text.</summary>
/// <param name="Parties">Of an open stage; none of one that is over.</param>
/// <param name="Own">The reader's party; null for everybody else.</param>
/// <param name="Left">Of a stage that is over, what was said against the text, oldest first.</param>
public sealed record TextAgreement(ImmutableArray<PartyLine> Parties, PartyLine? Own, ImmutableArray<Writing> Left)
{
    /// <summary>Whether the reader can have the review go on though not all agree: the days are over.</summary>
    public bool MayGoOn { get; init; }
}

/// <summary>What one party says.</summary>
/// <param name="Agreed">To the text as it stands; null while it has not.</param>
/// <param name="Objection">What it said last against the text; null where it never did.</param>
public sealed record PartyLine(TextParty Party, SignatureMark? Agreed, Writing? Objection);

/// <summary>Somebody a stage lacks.</summary>
/// <param name="Role">The role nobody holds; null where the next stage lacks somebody.</param>
/// <param name="Mends">Whether the reader can name them.</param>
public sealed record FoundGap(StageGap Gap, string? Role, bool Mends)
{
    /// <summary>The reviewing State for which nobody speaks; null elsewhere.</summary>
    public string? State { get; init; }
}

/// <summary>One document of a stage.</summary>
/// <param name="Versions">Newest first; none while nothing is written.</param>
/// <param name="Readers">The circles that read it now, beside those who make it.</param>
/// <param name="Then">The circles that read it once it is handed in; null where it is.</param>
public sealed record StageText(
    StageDocument Document, ImmutableArray<Writing> Versions, ImmutableArray<Core.Access.Role> Readers, ImmutableArray<Core.Access.Role>? Then)
{
    /// <summary>Whether States that take no part read it once it is handed in, if its label allows it.</summary>
    public bool GoesOut { get; init; }

    /// <summary>What follows for those outside the review.</summary>
    public string Outside => GoesOut ? "goes_out" : PublicTexts.AreOf(Core.Process.ProcessCodes.Parse<DocumentKind>(Document.Document.Visibility)!.Value) ? "not_public" : "never_public";

    public bool MayWrite { get; init; }

    /// <summary>The versions open to the reader.</summary>
    public ImmutableArray<Writing> History { get; init; } = [];

    /// <summary>What stands; null while nothing is written.</summary>
    public Writing? Newest => Versions.FirstOrDefault();

    /// <summary>Its name in forms and addresses.</summary>
    public string Name => Document.Branch is null ? Document.Document.Id : $"{Document.Document.Id}.{Document.Branch}";

    /// <summary>Its name in ids of the page, where no dot may stand. Drafts know its form by the id of the document alone.</summary>
    public string Part => Name.Replace('.', '-').Replace('_', '-');
}
