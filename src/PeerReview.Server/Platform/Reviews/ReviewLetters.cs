using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The letters of a command: whose turn it has become, and what the use case sends.</summary>
public sealed class ReviewLetters
{
    /// <summary>Keeps the letters for the writing round trip.</summary>
    /// <param name="actor">Who gave the command.</param>
    public void Keep(UnitOfWork unit, LoadedReview before, LoadedReview after, ReviewChange change, PersonId actor)
    {
        var letters = new List<KeyedLetter>();
        var number = 0;
        var sent = change.LettersOf(after);
        foreach (var letter in sent)
            letters.Add(new KeyedLetter(Key(after, letter.Name, (number++).ToString(CultureInfo.InvariantCulture), letter.Person), letter));
        foreach (var ended in Ended(before, after))
            letters.Add(new KeyedLetter(Key(after, ended.Name, EndorsementRules.Stage, ended.Person), ended));
        foreach (var heard in Heard(before, after))
            letters.Add(new KeyedLetter(Key(after, heard.Name, StakeholderWindow.Reply, heard.Person), heard));
        letters.AddRange(Turns(before, after, actor, [.. sent.Where(l => !LetterNames.IsOnlyNews(l.Name)).Select(l => l.Person)]));
        OutboxWriter.Keep(unit, after.Programme, after.Id, letters);
    }

    /// <summary>A letter about this review to one person; the use case adds what is its own.</summary>
    public static Letter About(LoadedReview review, string name, PersonId person) =>
        new(name, person, $"/reviews/{review.Id}")
        {
            State = review.Subject.Iso3,
            Review = new LetterReview(
                review.Process.Id, review.Process.Version, review.State.Variant, review.Dossier.SubjectKind, review.State.LaunchedAt ?? review.Now)
            {
                Theme = review.Dossier.Theme,
            },
        };

    /// <summary>Everybody who works on a review: both sides, the reviewing States, the head coordinators, who speaks for a participant; each
    /// once.</summary>
    public static IEnumerable<PersonId> Everybody(LoadedReview review) => new[]
        {
            RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator, RoleCode.Contributor, RoleCode.ReviewerFocalPoint,
            RoleCode.Expert, RoleCode.HeadCoordinator,
        }
        .SelectMany(review.Holding).Concat(review.SpeakingForParticipants).Distinct();

    /// <summary>A letter to everybody who holds one of some roles, each once.</summary>
    public static IEnumerable<Letter> ToAll(LoadedReview review, string name, params ReadOnlySpan<string> roles) =>
        [.. roles.ToArray().SelectMany(review.Holding).Distinct().Select(person => About(review, name, person))];

    /// <summary>The same letter about an open stage with its deadline; it leads to the page of the stage.</summary>
    public static Letter About(LoadedReview review, string name, PersonId person, Wait wait) =>
        About(review, name, person) with
        {
            Path = StagePages.Of(review, wait.Stage),
            Stage = new LetterStage(review.Process.Id, review.Process.Version, wait.Stage),
            Deadline = wait.ToLetter(),
        };

    /// <summary>That a step has more time: to whoever it waits for with its page, to all others with the page of the review. Whose time it is
    /// is said by role; the reviewing State is named to the office and to that State's own people.</summary>
    public static Letter OfMoreTime(LoadedReview after, PersonId person, Wait wait)
    {
        var state = StateOf(after, wait.Branch);
        var knows = state is not null && (after.Holding(RoleCode.Coordinator).Contains(person)
            || after.Dossier.People.Any(held => held.Person == person.Value && held.State == state));
        var role = wait.Roles.FirstOrDefault(one => wait.Waiting(after, one).Contains(person));
        return About(after, LetterNames.ExtensionGranted, person, wait) with
        {
            Path = role is null ? StagePages.Of(after.Id.Value) : StagePages.Of(after.Process, after.Id.Value, wait.Stage, role),
            Late = new LetterLate(wait.Roles, knows ? state : null),
        };
    }

    /// <summary>The reviewing State whose part a branch is; null where it is none's.</summary>
    private static string? StateOf(LoadedReview review, string? branch) => branch is null ? null
        : review.Dossier.Team.Find(branch) is { } seat ? seat.State
        : Guid.TryParse(branch, out var person) ? review.Dossier.People.FirstOrDefault(held => held.Person == person && held.State is not null)?.State
        : null;

    /// <summary>That agreement on the report failed, to both sides and the coordinators, but for those the reconciliation waits for: its
    /// own letter tells them. Where it was only that not everybody answered, nobody is told of a disagreement, and whoever is silent of
    /// what the silence leads to.</summary>
    /// <param name="before">The review as it stood when it was stated.</param>
    /// <param name="by">Who stated it.</param>
    public static IEnumerable<Letter> OfNoAgreement(LoadedReview before, LoadedReview after, PersonId by)
    {
        var waiting = Waiting(after).Where(w => w.Wait.Stage == AgreementRules.Reconciling && w.Key.Person != by).ToList();
        var party = before.RolesOf(by).Contains(RoleCode.HeadCoordinator, StringComparer.Ordinal) ? AgreementRules.Programme : null;
        var silence = AgreementRules.SaysSilence(before.State, party, before.Now);
        var asked = waiting.Select(w => w.Key.Person).Append(by).ToHashSet();
        string[] roles =
        [
            RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.ReviewerFocalPoint, RoleCode.Expert,
            RoleCode.Coordinator, RoleCode.HeadCoordinator,
        ];
        return
        [
            .. from person in roles.SelectMany(after.Holding).Distinct()
               where !asked.Contains(person)
               select About(after, silence ? LetterNames.AnswersMissingTold : LetterNames.NoAgreement, person) with { Path = $"{StagePages.Of(after.Id.Value)}/report" },
            .. from one in waiting.DistinctBy(w => w.Key.Person)
               where silence
               let speaks = one.Key.Role == RoleCode.ReviewerFocalPoint
               select About(after, speaks ? LetterNames.AnswerAwaited : LetterNames.AnswersMissing, one.Key.Person, one.Wait),
        ];
    }

    /// <summary>How the endorsement ended, to everybody who speaks for a participating State, and that it has, to the State that leads.</summary>
    private static IEnumerable<Letter> Ended(LoadedReview before, LoadedReview after)
    {
        if (after.Dossier.Region is not { } region || Status(before) == StageStatus.Done || Status(after) != StageStatus.Done)
            return [];
        var path = StagePages.Of(after, EndorsementRules.Stage);
        return
        [
            .. from state in region.States
               let silent = region.EndorsementOf(state) is null && !region.WasUnasked(state) && !EndorsementRules.Objects(after.Dossier, state)
               let name = silent ? LetterNames.EndorsementSilent : LetterNames.EndorsementEnded
               from person in after.SpeakingFor(state)
               select About(after, name, person) with { Path = path },
            .. ToAll(after, LetterNames.EndorsementOver, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate)
                .Select(letter => letter with { Path = path }),
        ];

        static StageStatus? Status(LoadedReview review) =>
            review.Process.FindStage(EndorsementRules.Stage) is { } stage ? review.State[stage].Status : null;
    }

    /// <summary>That contributions can be read now, to the experts who handed in their comments before: to the others they are news on the
    /// desk.</summary>
    private static IEnumerable<Letter> Heard(LoadedReview before, LoadedReview after)
    {
        if (before.Facts.ReplyWindowOver || !after.Facts.ReplyWindowOver || !after.Dossier.Stakeholders.Contributions.Any(sent => sent.IsAccepted)
            || before.Process.FindStage(CommentRules.Stage) is not { } desk)
        {
            return [];
        }

        return after.Holding(RoleCode.Expert).Where(expert => before.State[desk].Part(expert.ToString()) is { Status: PartStatus.Done })
            .Select(expert => About(after, LetterNames.ContributionsReadable, expert) with { Path = $"{StagePages.Of(after.Id.Value)}/contributions" });
    }

    /// <summary>"Your turn" to everybody for whom something waits now that did not before; whoever gets a letter of the
    /// use case's own already knows, and so does whoever took an open stage back by the own act, such as a change after the
    /// signature.</summary>
    private static IEnumerable<KeyedLetter> Turns(
        LoadedReview before, LoadedReview after, PersonId actor, ImmutableArray<PersonId> told)
    {
        var old = Waiting(before).Select(w => w.Key).ToHashSet();
        var open = Waits.Of(before).Select(w => (w.Stage, w.Branch)).ToHashSet();
        return from waiting in Waiting(after)
               where !old.Contains(waiting.Key) && !told.Contains(waiting.Key.Person)
                   && !(waiting.Key.Person == actor && open.Contains((waiting.Key.Stage, waiting.Key.Branch)))
               let name = NameOf(after, waiting.Wait, waiting.Key.Role)
               select new KeyedLetter(
                   Key(after, name, $"{waiting.Wait.Stage}:{waiting.Wait.Branch}", waiting.Key.Person),
                   About(after, name, waiting.Key.Person, waiting.Wait) with
                   {
                       Path = StagePages.Of(after.Process, after.Id.Value, waiting.Wait.Stage, waiting.Key.Role),
                       Reviewer = after.Dossier.Team.Find(waiting.Wait.Branch ?? "")?.State ?? after.Dossier.Region?.States.FirstOrDefault(state => state == waiting.Wait.Branch),
                   });
    }

    /// <summary>In place of somebody who is not named yet, the letter says so.</summary>
    private static string NameOf(LoadedReview review, Wait wait, string role) => StageGaps.Of(review.Process, wait.Stage, role) switch
    {
        null => KnownStages.RulesOf(review.Process, wait.Stage) switch
        {
            // Once the minutes are written the coordinator confirms them like everybody else.
            "opening" when review.Dossier.Team.HasMinutes => LetterNames.YourTurn("opening", RoleCode.FocalPoint, review.HasTeam),
            // A place no objection left: whoever is asked did not lose anybody.
            "objection" when role == RoleCode.ReviewerFocalPoint && review.Dossier.Team.GapOf(wait.Branch ?? "") is { Left: not null } => LetterNames.FillPlace,
            "objection" when role == RoleCode.Coordinator && review.Dossier.Team.GapOf(wait.Branch ?? "") is { Left.Commented: true } => LetterNames.NobodyLeads,
            "objection" when role == RoleCode.Coordinator && review.Holding(RoleCode.ReviewerFocalPoint, wait.Branch ?? "").Any() =>
                LetterNames.YourTurn(CommentRules.Stage, role),
            // Nothing is recommended: nobody is told to respond first.
            SignedAct.Publication when role == RoleCode.Authority && RecommendationResponses.WereNotNeeded(review.State, review.Dossier) =>
                LetterNames.YourTurn(SignedAct.Publication, role),
            "action_plan" when RecommendationResponses.WereNotNeeded(review.State, review.Dossier) => LetterNames.PlanWithoutRecommendations,
            "acknowledge" when review.Dossier.Region is not null => LetterNames.ReviewLaunchedRegional,
            EndorsementRules.Stage when role == RoleCode.Participant && review.Dossier.Region?.SentBackAt is not null => LetterNames.EndorsementAgain,
            var rules => LetterNames.YourTurn(rules, role, review.HasTeam),
        },
        StageGap.Speaker => LetterNames.YourTurn("nominate", RoleCode.Coordinator),
        StageGap.Right => LetterNames.RightToSettle,
        StageGap.People => LetterNames.NobodyNamedOfState,
        StageGap.States => LetterNames.NobodyReviews,
        StageGap.Experts => LetterNames.NoExperts,
        _ => LetterNames.NobodyNamed,
    };

    private static IEnumerable<((string Stage, string? Branch, string Role, PersonId Person) Key, Wait Wait)> Waiting(
        LoadedReview review) =>
        from wait in Waits.Of(review)
        where !wait.IsBeside
        from role in wait.Roles
        from person in wait.Waiting(review, role)
        select ((wait.Stage, wait.Branch, role, person), wait);

    private static string Key(LoadedReview review, string letter, string what, PersonId person) =>
        $"{letter}:{review.Id}:{review.Sequence}:{what}:{person}";
}
