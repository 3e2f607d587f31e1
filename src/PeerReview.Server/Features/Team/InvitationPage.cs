using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>An invitation as its letter opens it: what is asked, by whom, for when, and two answers. Reading it does nothing.</summary>
public sealed class InvitationPage(
    Invitations invitations, AnswerInvitation answer, SignInLinks links, Database database, StateNames names, Calendars calendars)
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
        // Whoever accepts goes on by signing in; the letter for that needs no typing.
        if (verdict is Verdict<Receipt>.Accepted && given.Accepts && !found.Reserve)
            await links.SendAsync(await EmailOfAsync(found.Person, cancel) ?? "", $"/reviews/{found.Review.Id}", cancel);
        return Answer.Done($"/invitations/{secret}");
    }

    private async Task<IResult> ShowAsync(
        string secret, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await invitations.FindAsync(secret, cancel) is not { } found)
            return Answer.Page<UnknownInvitationView>(new { }, StatusCodes.Status404NotFound);
        var (review, language) = (found.Review, visit.Texts.Language);
        var forecast = Forecast.Of(
            review.Process, review.State, FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars),
            DueDay.In(calendars.Of(review.Subject).Zone, review.Now), FactsForProcess.Assumed(review));
        return Answer.Page<InvitationView>(
            new
            {
                Model = new InvitationModel(
                    secret, found, names.Of(review.Subject.Iso3, language), names.Of(found.State, language), forecast["desk_review"], form, errors),
            },
            // An answered one explains itself to whoever answered it; a dead link says so to programs, too.
            found.Dead is null ? status : found.Dead is "accepted" or "declined" && status == StatusCodes.Status200OK ? status : StatusCodes.Status410Gone);
    }

    private Task<string?> EmailOfAsync(PersonId person, CancellationToken cancel) =>
        database.SingleOrDefaultAsync<string>(Scope.None, Sql.Email, new { Person = person.Value }, cancel);

    private static class Sql
    {
        public const string Email = "SELECT email FROM person WHERE id = @Person";
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Subject">Name of the State reviewed.</param>
/// <param name="Reviewer">Name of the State that invites.</param>
/// <param name="Work">When the experts are to comment; null where the process does not say.</param>
public sealed record InvitationModel(
    string Secret, FoundInvitation Found, string Subject, string Reviewer, StageForecast? Work, Form Form, IReadOnlyList<Refusal> Errors);
