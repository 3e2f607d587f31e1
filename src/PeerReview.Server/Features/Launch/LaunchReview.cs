using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Launch;

/// <summary>A State authority launches a review of its own strategy: scope, languages, what will be public, signature.</summary>
public sealed class LaunchReview(ReviewLaunch launches, Calendars calendars, VariantsOffered offered, StateNames names, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews",
        async (LaunchRequest request, Visit visit, LaunchReview launch, HttpContext http, CancellationToken cancel) =>
            (await launch.RunAsync(request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(receipt =>
                TypedResults.Created($"/api/v1/reviews/{receipt.Review}", receipt)))
        .WithName(nameof(LaunchReview)).WithTags("reviews");

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        LaunchRequest request, Actor actor, CommandKey? key, CancellationToken cancel) => RunAsync(request, actor, key, sure: true, cancel);

    /// <summary>The same from the page. What the office cannot take back is not done by one press of a button there.</summary>
    /// <param name="sure">Whether the box beside the button is ticked.</param>
    public Task<Verdict<Receipt>> RunOnPageAsync(LaunchRequest request, bool sure, Actor actor, CancellationToken cancel) =>
        RunAsync(request, actor, key: null, sure, cancel);

    private Task<Verdict<Receipt>> RunAsync(LaunchRequest request, Actor actor, CommandKey? key, bool sure, CancellationToken cancel)
    {
        var programme = new ProgrammeId(request.Programme);
        var subject = new StateCode(request.Subject);
        return Access.May(actor, ProgrammeAct.Launch, programme, subject) is { } no && Access.May(actor, ProgrammeAct.LaunchForState, programme) is not null
            ? Task.FromResult<Verdict<Receipt>>(no)
            : launches.RunAsync(actor, programme, subject, request.Process ?? "", key, (work, token) => DecideAsync(work, request, sure, token), cancel);
    }

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, LaunchRequest request, bool sure, CancellationToken cancel)
    {
        var review = work.Review;
        if (LaunchRights.Closed(work.Actor, review.Process, review.Programme, new StateCode(review.Subject.Iso3)) is { } no)
            return no;
        var notice = request.ToNotice();
        var recent = await work.QueryAsync<string>(
            Sql.Recent,
            new { Subject = review.Subject.Iso3, Since = work.Now.AddDays(-review.Process.Limits.CooldownDays) },
            cancel);
        var signature = request.Signature ?? SignatureRequest.None;
        var problems = ParticipantRules.Check(notice, review.Subject.Iso3, [.. names.Codes])
            .Concat(SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now)).ToList();
        if (LaunchRights.IsByOffice(review.Process))
            problems.AddRange(await ByOfficeAsync(work, notice, cancel));
        var verdict = LaunchRules.Check(notice, review.Process, review.Framework, recent, offered.For(review.Process));
        if (verdict is Verdict<ImmutableArray<string>>.Refused refused)
            return Refusal.Of([.. refused.Reason.All, .. problems]);
        if (problems.Count > 0)
            return Refusal.Of(problems);
        if (LaunchRights.IsByOffice(review.Process) && !sure)
            return new Refusal("launch.not-sure", RefusalKind.Invalid, "confirmed");
        // Each participating State answers in a regional review; what one of them answered before is none of the others'.
        IReadOnlyList<Guid> last = notice.SubjectKind == "national"
            ? await work.QueryAsync<Guid>(Sql.Last, new { Programme = review.Programme.Value, Subject = review.Subject.Iso3 }, cancel)
            : [];
        var told = notice.Participants is { } states
            ? await work.QueryAsync<Guid>(Sql.Participants, new { Programme = review.Programme.Value, States = states.ToArray() }, cancel)
            : [];
        var change = Change(work, notice, ((Verdict<ImmutableArray<string>>.Accepted)verdict).Value, signature);
        foreach (var earlier in last)
            change.Write(WritingKind.LastReview, earlier.ToString(), 0, Contents.Write(new NoteContent("", [])), "AMBER+STRICT", notice.WorkingLanguage);
        // Whom it names learns of it from the first day; where nobody speaks for a State here, its coordinator sees to that.
        change.SendAfter(after => told.Select(person =>
            ReviewLetters.About(after, LetterNames.ParticipantTold, new PersonId(person)) with { Path = $"{StagePages.Of(after.Id.Value)}/participants" }));
        return notice.Reviewers.IsEmpty ? change : await change.NameAsync(notice.Reviewers, work, cancel);
    }

    /// <summary>Whom the office names has somebody here whom letters reach, and what the public learns is the State's to allow.</summary>
    private static async Task<IEnumerable<Refusal>> ByOfficeAsync(ReviewWork work, LaunchNotice notice, CancellationToken cancel)
    {
        var missions = await work.QueryAsync<string>(
            Sql.Mission, new { Programme = work.Review.Programme.Value, Subject = work.Review.Subject.Iso3 }, cancel);
        return
        [
            .. missions.Count == 0 ? [new Refusal("launch.no-mission", RefusalKind.Invalid, "subject")] : Array.Empty<Refusal>(),
            .. notice.Register ? [new Refusal("launch.register-is-the-states", RefusalKind.Invalid, "register")] : Array.Empty<Refusal>(),
        ];
    }

    private ReviewChange Change(
        ReviewWork work, LaunchNotice notice, ImmutableArray<string> items, SignatureRequest signature)
    {
        var review = work.Review;
        var hash = HashOf(notice with { Items = items });
        // The first of the roles that launch which this person holds.
        var role = review.Process.First.Acts.FirstOrDefault(one => work.Acting.Roles.Contains(one, StringComparer.Ordinal)) ?? RoleCode.Authority;
        var left = LaunchForecast.LeftOut(review.Process, notice.Variant, LaunchForecast.Wanted(notice.Stakeholders, notice.Optional));
        var change = new ReviewChange()
            .Record(new ReviewEvent.Launched(
                review.Programme.Value,
                notice.SubjectKind,
                review.Subject.Iso3,
                notice.Variant,
                new DefinitionPin(review.Process.Id, review.Process.Version, review.Process.Hash),
                new DefinitionPin(review.Framework.Id, review.Framework.Version, review.Framework.Hash),
                items,
                notice.WorkingLanguage,
                notice.PublicationLanguages,
                notice.Promise,
                notice.Register,
                work.Person.Value,
                hash))
            .Sign(SignedAct.Launch, role, hash, signature, work, notice.WorkingLanguage)
            .Then(new ProcessCommand.Launch(work.Acting, notice.Variant, notice.SubjectKind, left))
            .Made(review.Id.ToString());
        if (notice.Participants is { } participants)
            change.Record(new ReviewEvent.ParticipantsNamed([.. participants.Order(StringComparer.Ordinal)], work.Person.Value));
        if (notice.Theme is { } theme)
            change.Record(new ReviewEvent.ThemeChosen(theme, items, work.Person.Value));
        if (notice.States.Length > 0)
        {
            change.Record(new ReviewEvent.StageStated(
                review.Process.First.Id, [.. LaunchRules.ToState(review.Process)], ImmutableSortedDictionary<string, bool>.Empty, work.Person.Value));
        }

        Write(change, review, notice);
        if (notice.CooldownReason.Length > 0)
        {
            change.Write(
                WritingKind.Reason, "cooldown", 0, Contents.Write(new NoteContent(notice.CooldownReason, [])), "AMBER",
                notice.WorkingLanguage);
        }

        var acknowledged = KnownStages.Serve(review.Process, "acknowledge");
        var forecast = LaunchForecast.Publication(
            review.Process, notice.Variant, notice.SubjectKind, LaunchForecast.Wanted(notice.Stakeholders, notice.Optional), review.Subject, review.Rolling,
            calendars, work.Now);
        change.SendAfter(after => [Confirming(after, work.Person, acknowledged, forecast)]);
        // Where no stage acknowledges the launch, nothing else tells the other side of it.
        return acknowledged ? change : change.SendAfter(after =>
            ReviewLetters.ToAll(after, LetterNames.LaunchTold, RoleCode.Authority, RoleCode.Coordinator).Where(letter => letter.Person != work.Person));
    }

    /// <summary>That the launch is recorded; with the day by which a focal point is named, where the process asks for one now.</summary>
    /// <param name="acknowledged">Whether a coordinator acknowledges it next.</param>
    private static Letter Confirming(LoadedReview after, PersonId person, bool acknowledged, DateOnly forecast)
    {
        var naming = acknowledged ? Waits.Of(after).FirstOrDefault(wait => KnownStages.RulesOf(after.Process, wait.Stage) == "appoint") : null;
        return (naming is null ? ReviewLetters.About(after, LetterNames.LaunchRecorded, person) : ReviewLetters.About(after, LetterNames.LaunchConfirmed, person, naming)) with
        {
            Path = acknowledged ? $"/reviews/{after.Id}/people" : $"/reviews/{after.Id}",
            Days = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("forecast", forecast),
        };
    }

    /// <summary>The documents of the first stage, where a programme's own process has some.</summary>
    private void Write(ReviewChange change, LoadedReview review, LaunchNotice notice)
    {
        foreach (var (document, text) in notice.Documents ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            change.Write(
                WritingKind.StageDocument, StageDocuments.KeyOf(review.Process.First, document, null), 0,
                Contents.Write(new SectionContent(text, wording.Flags(text, review.Subject.Iso3))), "AMBER", notice.WorkingLanguage);
        }
    }

    /// <summary>What is signed: every word of the notice, in canonical form.</summary>
    private static string HashOf(LaunchNotice notice) =>
        CanonicalJson.Hash(JsonSerializer.SerializeToElement(notice, LaunchJson.Default.LaunchNotice)).ToString();

    private static class Sql
    {
        public const string Mission = "SELECT state FROM mission WHERE programme_id = @Programme AND state = @Subject";
        public const string Participants =
            """
            SELECT DISTINCT person_id FROM role_grant
            WHERE programme_id = @Programme AND review_id IS NULL AND ended_at IS NULL AND role = 'STATE_AUTH' AND state = ANY (@States)
            ORDER BY person_id
            """;

        // The newest that is over or published; what was withdrawn is no review to go on from.
        public const string Last =
            """
            SELECT r.id FROM review r
            WHERE r.programme_id = @Programme AND r.subject_state = @Subject AND r.subject_kind = 'national'
              AND (r.status = 'closed' OR (r.status <> 'withdrawn' AND EXISTS (SELECT FROM publication p WHERE p.review_id = r.id)))
            ORDER BY r.launched_at DESC, r.id DESC LIMIT 1
            """;

        // A State has few reviews; their dossiers name the items.
        public const string Recent =
            """
            SELECT DISTINCT jsonb_array_elements_text(r.dossier::jsonb -> 'items') AS item
            FROM review r JOIN publication p ON p.review_id = r.id
            WHERE r.subject_state = @Subject AND p.published_at > @Since
            ORDER BY item
            """;
    }
}
