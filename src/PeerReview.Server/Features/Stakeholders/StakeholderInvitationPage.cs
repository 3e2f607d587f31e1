using PeerReview.Core;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The invitation of a stakeholder as its letter opens it: what is asked, until when, who reads it, and two answers. Reading
/// it does nothing.</summary>
public sealed class StakeholderInvitationPage(
    StakeholderInvitations invitations, AnswerStakeholderInvitation answer, SignInLinks links, StateNames names)
{
    /// <summary>Where letters lead; the secret comes after it.</summary>
    internal const string Path = "/stakeholders";

    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet(Path + "/{secret}", (string secret, Visit visit, StakeholderInvitationPage page, CancellationToken cancel) =>
            page.ShowAsync(secret, visit, [], StatusCodes.Status200OK, cancel));
        routes.PublicPages.MapPost(Path + "/{secret}", (string secret, Visit visit, Form form, StakeholderInvitationPage page, CancellationToken cancel) =>
            page.AnswerAsync(secret, visit, form, cancel));
    }

    private async Task<IResult> AnswerAsync(string secret, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") is not ("accept" or "decline"))
            return await ShowAsync(secret, visit, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        if (await invitations.FindAsync(secret, cancel) is not { Dead: null } found)
            return await ShowAsync(secret, visit, [], StatusCodes.Status410Gone, cancel);
        var accepts = form.Text("act") == "accept";
        var verdict = await answer.RunAsync(found, accepts, cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: var reason } && reason.Code != "stakeholder.invitation-dead")
            return await ShowAsync(secret, visit, [.. reason.All], reason.Status(), cancel);
        // Whoever accepts goes on by signing in; the letter that thanks leads there without typing.
        if (verdict is Verdict<Receipt>.Accepted && accepts)
        {
            var letter = ContributionLetters.To(found.Person, LetterNames.StakeholderAccepted, found.Review);
            await links.SendAsync(found.Review.Programme, found.Review.Id, letter, cancel);
        }

        return Answer.Done($"{Path}/{secret}");
    }

    private async Task<IResult> ShowAsync(
        string secret, Visit visit, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await invitations.FindAsync(secret, cancel) is not { } found)
            return Answer.Page<UnknownStakeholderView>(new { }, StatusCodes.Status404NotFound);
        return Answer.Page<StakeholderInvitationView>(
            new { Model = new StakeholderInvitationModel(secret, found, names.Of(found.Review.Subject.Iso3, visit.Texts.Language), WindowDay.Of(found.Review), errors) },
            // An answered one explains itself to whoever answered it; a dead link says so to programs, too.
            found.Dead is null ? status : found.Dead is "accepted" or "declined" && status == StatusCodes.Status200OK ? status : StatusCodes.Status410Gone);
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Subject">Name of the State reviewed.</param>
/// <param name="Until">The last day of the window; null while it is not open.</param>
public sealed record StakeholderInvitationModel(
    string Secret, FoundStakeholder Found, string Subject, Wait? Until, IReadOnlyList<Refusal> Errors);
