using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>My account: what the program knows of me and what I may change, as a page and as <c>/api/v1/me</c>.</summary>
public static class AccountPage
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/account", ShowAsync);
        routes.Pages.MapPost("/account", SaveAsync);
        routes.Api.MapGet("/me", async (Caller caller, MyAccount account, CancellationToken cancel) =>
            TypedResults.Ok(Me.Of(caller.Person!, await account.RolesAsync(caller, cancel)))).WithName("Me");
        routes.Api.MapPut("/me", PutAsync).WithName("ChangeMe").Produces<Me>();
    }

    /// <summary>Draws the page, with what was typed and refused where that is so.</summary>
    internal static async Task<IResult> DrawAsync(Page page, Tokens tokens, MyAccount account, StateNames states, CancellationToken cancel)
    {
        var (caller, language) = (page.Visit.Caller, page.Visit.Texts.Language);
        var model = new AccountView.Content(
            page.Typed ?? ChangeOf(caller.Person!),
            caller.Person!.Email,
            [.. (await account.RolesAsync(caller, cancel)).Select(grant => new AccountView.RoleLine(
                grant.Role.Code(), grant.State is { } state ? states.Of(state.Value, language) : null)).Distinct()],
            await tokens.ListAsync(caller.Id, cancel),
            page.Wish ?? new TokenWish("", "read", 90),
            states.CapitalZones(page.Visit.Texts),
            page.Errors);
        return Answer.Page<AccountView>(new { Model = model }, page.Errors is [var first, ..] ? first.Status() : StatusCodes.Status200OK);
    }

    private static Task<IResult> ShowAsync(Visit visit, Tokens tokens, MyAccount account, StateNames states, CancellationToken cancel) =>
        DrawAsync(new Page(visit), tokens, account, states, cancel);

    private static async Task<IResult> SaveAsync(
        Visit visit, Form form, MyAccount account, Tokens tokens, StateNames states, CancellationToken cancel)
    {
        var typed = new Change(form.Text("name"), form.Text("office"), form.Text("language"), form.Text("timeZone"));
        return await account.ChangeAsync(visit.Caller.Id, typed, cancel) is Verdict<Change>.Refused { Reason: var reason }
            ? await DrawAsync(new Page(visit) { Typed = typed, Errors = [reason] }, tokens, account, states, cancel)
            : Answer.Done("/account", "account-saved");
    }

    private static async Task<IResult> PutAsync(Caller caller, Change change, MyAccount account, CancellationToken cancel)
    {
        var changed = await account.ChangeAsync(caller.Id, change, cancel);
        var roles = await account.RolesAsync(caller, cancel);
        return changed.OrProblem(saved => TypedResults.Ok(Me.Of(
            caller.Person! with { Name = saved.Name, Office = saved.Office, Language = saved.Language, TimeZone = saved.TimeZone }, roles)));
    }

    private static Change ChangeOf(Person person) => new(person.Name, person.Office, person.Language, person.TimeZone);

    /// <summary>What one drawing of the page is about.</summary>
    internal sealed record Page(Visit Visit)
    {
        public Change? Typed { get; init; }

        public TokenWish? Wish { get; init; }

        public IReadOnlyList<Refusal> Errors { get; init; } = [];
    }

    /// <summary>The person who asks, as the API says it.</summary>
    public sealed record Me(
        Guid Id, string Email, string Name, string Office, string Language, string TimeZone, IReadOnlyList<MyRole> Roles)
    {
        internal static Me Of(Person person, IEnumerable<Grant> roles) => new(
            person.Id.Value, person.Email, person.Name, person.Office, person.Language, person.TimeZone,
            [.. roles.Select(g => new MyRole(g.Role.Code(), g.Programme.Value, g.State?.Value, g.Review?.Value))]);
    }

    /// <summary>A role held.</summary>
    /// <param name="Role">Its code.</param>
    /// <param name="State">ISO 3166-1 alpha-3, where the person speaks for a State.</param>
    /// <param name="Review">Where it holds in one review only.</param>
    public sealed record MyRole(string Role, Guid Programme, string? State, Guid? Review);
}
