using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using PeerReview.Core;

namespace PeerReview.Server.Platform.Web;

/// <summary>How handlers answer. One use case returns a <see cref="Verdict{T}"/>; its API route answers by
/// <see cref="OrProblem{T}"/>, its page by <see cref="OrPage{T}"/>.</summary>
/// <example>
/// <code>
/// routes.Pages.MapPost("/account", async (Visit visit, Form form, Accounts accounts, CancellationToken cancel) =>
///     (await accounts.ChangeAsync(visit.Caller.Id, Read(form), cancel)).OrPage(
///         accepted: _ => Answer.Done("/account", "account-saved"),
///         refused: reason => Answer.Page&lt;AccountView>(new { Model = Again(form, reason) }, reason.Status())));
/// routes.Api.MapPut("/me", async (Visit visit, Change change, Accounts accounts, CancellationToken cancel) =>
///     (await accounts.ChangeAsync(visit.Caller.Id, change, cancel)).OrProblem(me => TypedResults.Ok(me)));
/// </code>
/// </example>
public static class Answer
{
    /// <summary>A page: a component with its parameters, for example <c>new { Model = … }</c>.</summary>
    public static IResult Page<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>A page without parameters.</summary>
    public static IResult Page<TPage>()
        where TPage : IComponent => new RazorComponentResult<TPage> { PreventStreamingRendering = true };

    /// <summary>After a form: go there and say what happened.</summary>
    /// <param name="path">A path of ours.</param>
    /// <param name="notice">The part of the text's key after <c>notice.</c>, or null to say nothing.</param>
    public static IResult Done(string path, string? notice = null) => new See(path, notice);

    /// <summary>After a form that could not be accepted where it was sent: go there, where it is said what became of it.</summary>
    public static IResult Instead(string path, string notice) => new See(path, notice) { Accepted = false };

    /// <summary>The page for what is not there, or may not be known.</summary>
    public static IResult NotFound() => TypedResults.NotFound();

    /// <summary>The page that says why a page cannot be opened now; what may not be known is "not found".</summary>
    public static IResult Refused(Refusal reason) => reason.Kind == RefusalKind.NotFound
        ? NotFound()
        : Page<Components.FailurePage>(new { Refusal = reason, Status = reason.Status() }, reason.Status());

    /// <summary>The accepted value as the API answers it, or the problem document.</summary>
    public static IResult OrProblem<T>(this Verdict<T> verdict, Func<T, IResult> accepted) =>
        verdict.Match(accepted, refused => refused.ToProblem());

    /// <summary>Where to go once accepted, or the page again with the refusal and everything typed. What may not be known
    /// is the page "not found" without further words.</summary>
    public static IResult OrPage<T>(this Verdict<T> verdict, Func<T, IResult> accepted, Func<Refusal, IResult> refused) =>
        verdict.Match(accepted, reason => reason.Kind == RefusalKind.NotFound ? NotFound() : refused(reason));

    /// <summary>After a form: go there.</summary>
    internal sealed class See(string path, string? notice) : IResult
    {
        /// <summary>Whether what was sent is done, so that what was kept of it can go.</summary>
        public bool Accepted { get; init; } = true;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (notice is not null)
                NoticeCookie.Leave(httpContext, notice);
            // 303: the next page is asked for with GET, whatever this request was.
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = LanguageChoice.Kept(httpContext.Visit(), path);
            return Task.CompletedTask;
        }
    }
}
