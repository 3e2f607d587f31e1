using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>Experts or coordinator write the programme of the visit the State wishes. A later version asks for its agreement anew.</summary>
public sealed class SaveProgramme(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/programme",
        async (Guid review, ProgrammeRequest request, Visit visit, SaveProgramme save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveProgramme)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, ProgrammeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.VisitProgramme, DialogueRules.Key), (work, token) => DecideAsync(work, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ProgrammeRequest request, CancellationToken cancel)
    {
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        if (DialogueRules.WishOf(await work.MaterialAsync(cancel)) == MeetingWay.Remote)
            return new Refusal("dialogue.not-wished", RefusalKind.Conflict);
        var programme = request.ToContent();
        var stands = work.Current is { } before ? Contents.ReadVisitProgramme(before) : null;
        if (DialogueRecordRules.Check(programme, stands, Zones.DayAt(work.Now, work.Review.Subject.TimeZone)).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (wording.Flagged(string.Join('\n', programme.Days.SelectMany(d => new[] { d.Place, d.Meets })), request.NamesNobody, work.Review, "place.0") is { } flagged)
            return flagged;
        var text = new NewText(
            WritingKind.VisitProgramme, DialogueRules.Key, (work.Current?.Version ?? 0) + 1, Contents.Write(programme), SharingLabel.Amber.Code(),
            DialogueWork.LanguageOf(work.Review));
        if (work.Current is { } current && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(DialogueRules.Key);
        if (text.Version - 1 != (request.Version ?? 0))
            return ReviewRefusals.Stale(text.Version - 1);
        return new ReviewChange()
            .Write(text.Kind, text.Key, text.Version - 1, text.Content, text.Label, text.Language)
            .SendAfter(after => DialogueWork.Letters(after, LetterNames.DialogueProgramme, work.Person, RoleCode.FocalPoint, RoleCode.Alternate))
            .Made(DialogueRules.Key);
    }
}

/// <summary>A programme as it comes in.</summary>
public sealed record ProgrammeRequest : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    public ImmutableArray<VisitDayRequest> Days { get; init; } = [];

    /// <summary>The author looked again at wording that was flagged: it blames nobody.</summary>
    public bool NamesNobody { get; init; }

    /// <summary>The version it was written on, 0 for the first; <c>If-Match</c> says the same.</summary>
    public int? Version { get; init; }

    internal VisitProgrammeContent ToContent() => new(
        [.. (Days.IsDefault ? [] : Days).Select(d => new VisitDay(d.Day ?? default, d.Place.Tidy(), d.Meets.Tidy()))], NamesNobody);
}

/// <summary>A day of a programme as it comes in.</summary>
/// <param name="Place">In words.</param>
/// <param name="Meets">Whom to meet, by office.</param>
public sealed record VisitDayRequest(DateOnly? Day = null, string Place = "", string Meets = "");
