using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>An invitation as its letter opens it: what is asked, by whom, for when, and two answers. Reading it does nothing.</summary>
public sealed class InvitationPage(
    Invitations invitations, AnswerInvitation answer, SignInLinks links, StateNames names, Calendars calendars)
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/invitations/{secret}", (string secret, Visit visit, InvitationPage page, CancellationToken cancel) =>
            page.ShowAsync(secret, visit, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.PublicPages.MapPost("/invitations/{secret}", (string secret, Visit visit, Form form, InvitationPage page, CancellationToken cancel) =>
            page.AnswerAsync(secret, visit, form, cancel));
    }

    private async Task<IResult> AnswerAsync(string secret, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") is not ("accept" or "decline"))
            return await ShowAsync(secret, visit, form, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        if (await invitations.FindAsync(secret, cancel) is not { Dead: null } found)
            return await ShowAsync(secret, visit, form, [], StatusCodes.Status410Gone, cancel);
        var given = new InvitationAnswer(form.Text("act") == "accept", form.Text("reason"), form.Text("suggestion"));
        var verdict = await answer.RunAsync(found, given, key: null, cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: var reason } && reason.Code != "team.invitation-dead")
            return await ShowAsync(secret, visit, form, [.. reason.All], reason.Status(), cancel);
        // Whoever accepts goes on by signing in; the letter that thanks leads there without typing.
        if (verdict is Verdict<Receipt>.Accepted && given.Accepts && !found.Reserve)
        {
            var letter = ReviewLetters.About(found.Review, found.Review.Serves("declare") ? LetterNames.ExpertAccepted : LetterNames.ExpertAcceptedOwn, found.Person) with { Reviewer = found.State };
            await links.SendAsync(found.Review.Programme, found.Review.Id, letter, cancel);
        }

        return Answer.Done($"/invitations/{secret}");
    }

    private async Task<IResult> ShowAsync(
        string secret, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await invitations.FindAsync(secret, cancel) is not { } found)
            return Answer.Page<UnknownInvitationView>(new { }, StatusCodes.Status404NotFound);
        var (review, language) = (found.Review, visit.Texts.Language);
        return Answer.Page<InvitationView>(
            new
            {
                Model = new InvitationModel(
                    secret, found, names.Of(review.Subject.Iso3, language), names.Of(found.State, language), Invitations.WorkOf(review, calendars), form, errors)
                {
                    Stages = Invitations.StagesOf(review, calendars),
                    Until = Invitations.PublicationOf(review, calendars),
                    Participants = names.TakingPart(review, language),
                    AnswerBy = found.Dead is null ? Invitations.AnswerBy(review, found.State) : null,
                },
            },
            // An answered one explains itself to whoever answered it; a dead link says so to programs, too.
            found.Dead is null ? status : found.Dead is "accepted" or "declined" && status == StatusCodes.Status200OK ? status : StatusCodes.Status410Gone);
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Subject">Name of the State reviewed.</param>
/// <param name="Reviewer">Name of the State that invites.</param>
/// <param name="Work">When the experts are to comment; null where the process does not say.</param>
public sealed record InvitationModel(
    string Secret, FoundInvitation Found, string Subject, string Reviewer, StageForecast? Work, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The stages of a programme's own process in which the expert would act; none elsewhere.</summary>
    public ImmutableArray<StageForecast> Stages { get; init; } = [];

    /// <summary>When the report is expected to be out, by the forecast of today.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Names of the States that take part in a regional strategy beside the one that leads; none in a national review.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>By when to answer; null where no day is set.</summary>
    public LetterDeadline? AnswerBy { get; init; }
}
