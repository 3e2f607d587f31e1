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

    /// <summary>A browser signed in as a person, through the link and its button.</summary>
    public static async Task<Browser> SignedInAsync(this TestSite site, PersonId person)
    {
        var browser = site.Browse();
        var link = await ((SignInLinks)site.Services.GetService(typeof(SignInLinks))!).CreateAsync(person, SignInLinks.Lifetime, CancellationToken.None);
        await browser.ReadAsync(link);
        using var answer = await browser.SubmitAsync(link, ("returnTo", "/account"));
        return browser;
    }
}
