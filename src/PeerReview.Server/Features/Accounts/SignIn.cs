using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>Signing in: an e-mail address, a letter with a link, a button behind the link.</summary>
public static class SignIn
{
    // Every answer to an e-mail address takes this long, whether or not there is an account.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(400);

    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/sign-in", Ask);
        routes.PublicPages.MapPost("/sign-in", SendAsync);
        routes.PublicPages.MapGet("/sign-in/{secret}", ShowLinkAsync);
        routes.PublicPages.MapPost("/sign-in/{secret}", UseLinkAsync);
    }

    private static IResult Ask(Visit visit, string? returnTo) => visit.Caller.IsSignedIn
        ? Answer.Done(ReturnTo.Safe(returnTo))
        : Page(new SignInView.Content("", ReturnTo.Safe(returnTo), []));

    private static async Task<IResult> SendAsync(
        HttpContext context, Form form, SignInLinks links, SignInLimits limits, TimeProvider time, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var (email, returnTo) = (form.Text("email"), ReturnTo.Safe(form.Text("returnTo")));
        if (!NamedPerson.IsAddress(email))
            return Again(form, returnTo, new Refusal("accounts.email-invalid", RefusalKind.Invalid, "email"), StatusCodes.Status422UnprocessableEntity);
        if (limits.Refuse(email, context.Connection.RemoteIpAddress) is { } wait)
        {
            var minutes = (int)Math.Ceiling(wait.TotalMinutes);
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var refusal = new Refusal("accounts.sign-in-too-often", RefusalKind.Conflict, "email").With("count", minutes);
            return Again(form, returnTo, refusal, StatusCodes.Status429TooManyRequests);
        }

        await links.SendAsync(email, returnTo, cancel);
        var left = AnswerTime - time.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancel);
        return Answer.Page<SignInSentView>(new { Email = email });
    }

    // Who opens a used link and is signed in goes where it led.
    private static async Task<IResult> ShowLinkAsync(string secret, string? returnTo, string? lang, Visit visit, SignInLinks links, CancellationToken cancel) =>
        await links.IsAliveAsync(secret, cancel)
            ? Answer.Page<SignInLinkView>(new { Secret = secret, ReturnTo = ReturnTo.Safe(returnTo), Language = lang })
            : visit.Caller.IsSignedIn ? Answer.Done(ReturnTo.Safe(returnTo))
            : DeadLink(ReturnTo.Safe(returnTo), new Refusal("accounts.link-dead", RefusalKind.Conflict));

    private static async Task<IResult> UseLinkAsync(
        string secret, HttpContext context, Form form, SignInLinks links, Sessions sessions, MyAccount account, TextCatalogue texts,
        CancellationToken cancel)
    {
        var verdict = await links.UseAsync(secret, cancel);
        if (verdict is not Verdict<NewSession>.Accepted { Value: var session })
            return DeadLink(ReturnTo.Safe(form.Text("returnTo")), ((Verdict<NewSession>.Refused)verdict).Reason);
        // Whoever was signed in here before is not any more.
        await sessions.EndAsync(context, cancel);
        SessionCookie.Write(context, session.Secret, session.Expires);
        // A language chosen on the way in is the person's choice from now on.
        if (form.Text("language") is { Length: > 0 } language && texts.Has(language))
            await account.ChooseLanguageAsync(session.Person, language, cancel);
        return Answer.Done(ReturnTo.Safe(form.Text("returnTo")));
    }

    private static IResult DeadLink(string returnTo, Refusal reason) =>
        Page(new SignInView.Content("", returnTo, [reason]), StatusCodes.Status410Gone);

    private static IResult Again(Form form, string returnTo, Refusal reason, int status) =>
        Page(new SignInView.Content(form.Raw("email"), returnTo, [reason]), status);

    private static IResult Page(SignInView.Content model, int status = StatusCodes.Status200OK) =>
        Answer.Page<SignInView>(new { Model = model }, status);
}
