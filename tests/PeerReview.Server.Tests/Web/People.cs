using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Tests.Web;

/// <summary>People of a test and how they come in.</summary>
public static class People
{
    /// <summary>Opens an account.</summary>
    public static async Task<PersonId> AddAsync(this TestSite site, string email, string name = "Ana Example")
    {
        var id = Guid.NewGuid();
        await site.Data.AsOwnerAsync(
            "INSERT INTO person (id, email, name, created_at) VALUES (@id, @email, @name, @now)",
            new { id, email, name, now = site.Time.GetUtcNow().UtcDateTime });
        return new PersonId(id);
    }

    /// <summary>Gives a role.</summary>
    public static Task GrantAsync(this TestSite site, PersonId person, Guid programme, string role, string? state) =>
        site.Data.AsOwnerAsync(
            "INSERT INTO role_grant (id, programme_id, person_id, role, state, granted_at) VALUES (@id, @programme, @person, @role, @state, now())",
            new { id = Guid.NewGuid(), programme, person = person.Value, role, state });

    /// <summary>A service of the running program.</summary>
    public static T Get<T>(this TestSite site)
        where T : notnull => site.Services.GetRequiredService<T>();

    /// <summary>A fresh sign-in link.</summary>
    public static Task<string> LinkAsync(this TestSite site, PersonId person) =>
        site.Get<SignInLinks>().CreateAsync(person, SignInLinks.Lifetime, CancellationToken.None);

    /// <summary>A fresh API token of thirty days.</summary>
    public static async Task<string> TokenAsync(this TestSite site, PersonId person, string scope) =>
        (await site.Get<Tokens>().CreateAsync(person, new TokenWish("test", scope, 30), CancellationToken.None))
            .Match(made => made.Token, refused => throw new InvalidOperationException(refused.Code));

    /// <summary>A program that shows a token.</summary>
    public static HttpClient Program(this TestSite site, string token)
    {
        var program = new HttpClient { BaseAddress = site.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }

    /// <summary>A program with a fresh token of a person.</summary>
    public static async Task<HttpClient> ProgramAsync(this TestSite site, PersonId person, string scope) =>
        site.Program(await site.TokenAsync(person, scope));

    /// <summary>A browser signed in as a person, through the link and its button.</summary>
    public static async Task<Browser> SignedInAsync(this TestSite site, PersonId person)
    {
        var browser = site.Browse();
        var link = await site.LinkAsync(person);
        await browser.ReadAsync(link);
        using var answer = await browser.SubmitAsync(link, ("returnTo", "/account"));
        return browser;
    }
}
