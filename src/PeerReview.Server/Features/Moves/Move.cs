using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Deliberation;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves;

/// <summary>One move decided under the lock: rights, input, the step of the process, the reason, the letters.</summary>
public static class Move
{
    /// <summary>Decides; a refusal changes nothing.</summary>
    /// <param name="offered">Variants a review can change to.</param>
    public static Verdict<ReviewChange> Decide(ReviewWork work, MoveKind kind, MoveRequest request, VariantsOffered offered, Calendars calendars)
    {
        if (Access.May(work.Actor, MoveRules.ActOf(kind), work.Review.Facts) is { } no)
            return no;
        var problems = Problems(work, kind, request, offered).ToList();
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var change = new ReviewChange().Then(MoveRules.Command(work.Acting, kind, request));
        if (kind == MoveKind.ChangeVariant)
        {
            VariantChange.ReleaseReviewers(change, work, request.Variant);
            EndCall.With(change, work, request.Variant);
            VariantChange.Promise(change, work, request);
        }

        change.Explain(kind.ToString(), request.Reason.Trim(), work);
        if (NeedsSignature(kind))
            Sign(change, work, kind, request.Signature!);
        return Tell(change, work, kind, request, calendars);
    }

    /// <summary>Whether it is not done without saying why. A State that has handed in says why it puts its review off.</summary>
    public static bool NeedsReason(MoveKind kind, LoadedReview review) =>
        kind is MoveKind.Suspend or MoveKind.Extend or MoveKind.Pause or MoveKind.Fail || (kind == MoveKind.Defer && review.Facts.Submitted);

    private static bool NeedsSignature(MoveKind kind) => kind is MoveKind.Resume or MoveKind.Withdraw or MoveKind.ChangeVariant;

    private static IEnumerable<Refusal> Problems(ReviewWork work, MoveKind kind, MoveRequest request, VariantsOffered offered)
    {
        if (request.Reason.Length > Reasons.MaxLength)
            yield return new Refusal("moves.reason-too-long", RefusalKind.Invalid, "reason").With("max", Reasons.MaxLength);
        if (NeedsReason(kind, work.Review) && string.IsNullOrWhiteSpace(request.Reason))
            yield return new Refusal("moves.reason-missing", RefusalKind.Invalid, "reason");
        if (kind == MoveKind.Defer && request.Until is null)
            yield return new Refusal("moves.until-missing", RefusalKind.Invalid, "until");
        if (kind == MoveKind.Extend && request.Days < 1)
            yield return new Refusal("moves.days-missing", RefusalKind.Invalid, "days");
        if (kind == MoveKind.ChangeVariant && VariantChange.Refused(work.Review, request.Variant, offered) is { } problem)
        {
            yield return problem;
            yield break;
        }

        if (kind == MoveKind.ChangeVariant && request.Promise is { } promise)
        {
            foreach (var wrong in VariantChange.Problems(request.Variant, promise))
                yield return wrong;
        }

        if (!NeedsSignature(kind))
            yield break;
        var given = request.Signature ?? SignatureRequest.None;
        foreach (var unsigned in SignatureRules.Check(given.Name, given.Office, given.Day, work.Now))
            yield return unsigned;
    }

    private static void Sign(ReviewChange change, ReviewWork work, MoveKind kind, SignatureRequest signature)
    {
        // Each of them is an act of its own: what is signed is the state of the ledger it follows.
        var name = kind switch
        {
            MoveKind.Resume => SignedAct.Resumption,
            MoveKind.ChangeVariant => SignedAct.VariantChange,
            _ => SignedAct.Withdrawal,
        };
        var act = string.Create(CultureInfo.InvariantCulture, $"{name}:{work.Review.Sequence + 1}");
        var role = work.Acting.Roles.Contains(RoleCode.Authority, StringComparer.Ordinal)
            ? RoleCode.Authority
            : RoleCode.HeadCoordinator;
        change.Sign(act, role, work.Review.Head.ToString(), signature, work, work.Review.Dossier.WorkingLanguage);
    }

    private static ReviewChange Tell(ReviewChange change, ReviewWork work, MoveKind kind, MoveRequest request, Calendars calendars) =>
        kind switch
        {
            MoveKind.Suspend => ToAll(change, LetterNames.ReviewSuspended),
            MoveKind.Resume => ToAll(change, LetterNames.ReviewResumed),
            MoveKind.Withdraw => ToAll(change, LetterNames.ReviewWithdrawn).SendAfter(StoodBy),
            MoveKind.Defer => change.SendAfter(after => ReviewLetters.Everybody(after).Select(person =>
                ReviewLetters.About(after, LetterNames.ReviewDeferred, person) with
                {
                    Days = Until(request),
                })),
            MoveKind.Extend => change.SendAfter(after =>
            {
                var before = Waits.Of(work.Review).Select(wait => (wait.Stage, wait.Branch, wait.DueAt)).ToHashSet();
                return Later.With(work.Review, after, calendars, MoreTime(after, wait => wait.Stage == request.Stage && !before.Contains((wait.Stage, wait.Branch, wait.DueAt))));
            }),
            // Those who review hear of it as they will hear that it goes on.
            MoveKind.Pause => change.SendAfter(after => Both(after).Concat(Later.Reviewing.SelectMany(after.Holding)).Distinct().Select(person =>
                ReviewLetters.About(after, LetterNames.ClockPaused, person) with { Side = new LetterSide(after.Process.Id, after.Process.Version, request.Party) })),
            MoveKind.ResumeClock => change.SendAfter(after =>
            {
                var stood = Waits.Of(work.Review).Where(wait => wait.Paused).Select(wait => (wait.Stage, wait.Branch)).ToHashSet();
                return Later.With(work.Review, after, calendars, MoreTime(after, wait => !wait.Paused && stood.Contains((wait.Stage, wait.Branch)))
                    .Select(letter => letter with { Name = LetterNames.ClockResumed }));
            }),
            MoveKind.Waive => change.SendAfter(after => Both(after).Select(person =>
                ReviewLetters.About(after, LetterNames.StageWaived, person) with
                {
                    Stage = new LetterStage(work.Review.Process.Id, work.Review.Process.Version, request.Stage),
                })),
            MoveKind.Fail when KnownStages.RulesOf(work.Review.Process, request.Stage) == AgreementRules.Stage => change.SendAfter(after => ReviewLetters.OfNoAgreement(work.Review, after, work.Person)),
            MoveKind.ChangeVariant => change.SendAfter(after => ReviewLetters.Everybody(after).Select(person => VariantChange.LetterTo(after, person, calendars))),
            MoveKind.Fail => change,
        };

    /// <summary>The new date of each step that moved, to both sides and whoever is to act.</summary>
    private static IEnumerable<Letter> MoreTime(LoadedReview after, Func<Wait, bool> moved) =>
        from wait in Waits.Of(after)
        where !wait.IsBeside && moved(wait)
        from person in wait.Roles.SelectMany(role => wait.Waiting(after, role)).Concat(Both(after)).Distinct()
        select ReviewLetters.OfMoreTime(after, person, wait);

    private static ImmutableSortedDictionary<string, DateOnly> Until(MoveRequest request) =>
        ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("until", request.Until!.Value);

    private static ReviewChange ToAll(ReviewChange change, string letter) =>
        change.SendAfter(after => ReviewLetters.Everybody(after).Select(person => ReviewLetters.About(after, letter, person)));

    /// <summary>Whoever accepted to step in waits for a letter; it leads to no page of the review, which they never read.</summary>
    private static IEnumerable<Letter> StoodBy(LoadedReview after) =>
        from seat in after.Dossier.Team.States
        from person in after.Dossier.StandingBy(seat.State)
        select ReviewLetters.About(after, LetterNames.ReserveWithdrawn, new PersonId(person)) with { Path = "/" };

    /// <summary>Both sides: those who answer for the State, and those who look after the review.</summary>
    private static IEnumerable<PersonId> Both(LoadedReview review) =>
        new[] { RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator }
            .SelectMany(review.Holding).Distinct();
}
