using PeerReview.Core;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>My API tokens, as a page and as <c>/api/v1/me/tokens</c>.</summary>
public static class MyTokens
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/account/tokens", CreateAsync);
        routes.Pages.MapGet("/account/tokens/{token:guid}/revocation", ConfirmAsync);
        routes.Pages.MapPost("/account/tokens/{token:guid}/revocation", RevokeAsync);
        routes.Api.MapGet("/me/tokens", ListOverApiAsync).WithName("MyTokens");
        routes.Api.MapPost("/me/tokens", CreateOverApiAsync).WithName("CreateMyToken").Produces<NewToken>(StatusCodes.Status201Created);
        routes.Api.MapDelete("/me/tokens/{token:guid}", RevokeOverApiAsync).WithName("RevokeMyToken").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(
        Visit visit, Form form, Tokens tokens, MyAccount account, StateNames states, CancellationToken cancel)
    {
        var wish = new TokenWish(form.Text("token_name"), form.Text("scope"), form.Number("days") ?? 0);
        return await tokens.CreateAsync(visit.Caller.Id, wish, cancel) switch
        {
            // Shown once and so not after a redirect: nothing keeps the secret until then.
            Verdict<NewToken>.Accepted { Value: var made } => Answer.Page<TokenMadeView>(new { Token = made }, StatusCodes.Status201Created),
            Verdict<NewToken>.Refused { Reason: var reason } => await AccountPage.DrawAsync(
                new AccountPage.Page(visit) { Wish = wish, Errors = [OnPage(reason)] }, tokens, account, states, cancel),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Two fields of the page would be called "name".
    private static Refusal OnPage(Refusal reason) => reason.Field == "name" ? reason with { Field = "token_name" } : reason;

    private static async Task<IResult> ConfirmAsync(Guid token, Visit visit, Tokens tokens, CancellationToken cancel)
    {
        var known = (await tokens.ListAsync(visit.Caller.Id, cancel)).FirstOrDefault(one => one.Id == token);
        return known is null ? Answer.NotFound() : Answer.Page<ConfirmPage>(new
        {
            Title = visit.Texts.Of("accounts.revoke.title", ("name", known.Name)),
            Consequence = visit.Texts["accounts.revoke.consequence"],
            Action = $"/account/tokens/{token}/revocation",
            Button = visit.Texts["accounts.tokens.revoke"],
            Back = "/account#tokens",
            Dangerous = true,
        });
    }

    private static async Task<IResult> RevokeAsync(Guid token, Caller caller, Tokens tokens, CancellationToken cancel) =>
        (await tokens.RevokeAsync(caller.Id, token, cancel)).OrPage(
            accepted: _ => Answer.Done("/account", "token-revoked"), refused: _ => Answer.NotFound());

    private static async Task<IResult> ListOverApiAsync(Caller caller, Tokens tokens, CancellationToken cancel) =>
        TypedResults.Ok(new Listing<TokenLine>(await tokens.ListAsync(caller.Id, cancel)));

    // Whoever finds a token must not be able to outlive its end or its revocation with another one.
    private static async Task<IResult> CreateOverApiAsync(Caller caller, TokenWish wish, Tokens tokens, CancellationToken cancel) =>
        caller.Proof != Proof.Session
            ? new Refusal("request.token-makes-none", RefusalKind.NotAllowed).ToProblem()
            : (await tokens.CreateAsync(caller.Id, wish, cancel)).OrProblem(made => TypedResults.Created($"/api/v1/me/tokens/{made.Id}", made));

    private static async Task<IResult> RevokeOverApiAsync(Guid token, Caller caller, Tokens tokens, CancellationToken cancel) =>
        (await tokens.RevokeAsync(caller.Id, token, cancel)).OrProblem(_ => TypedResults.NoContent());
}
