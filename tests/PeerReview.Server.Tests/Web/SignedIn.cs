using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core;
using PeerReview.Server.Platform.Identity;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Web;

/// <summary>Browsers of people of a whole program.</summary>
internal static class SignedIn
{
    /// <summary>A browser in which the person signed in by a link.</summary>
    public static async Task<Browser> BrowseAsync(this TestApp app, TestPerson person)
    {
        var path = await app.App.Services.GetRequiredService<SignInLinks>()
            .CreateAsync(new PersonId(person.Id), TimeSpan.FromMinutes(5), CancellationToken.None);
        var browser = new Browser(app.Address);
        await browser.ReadAsync(path);
        using var signedIn = await browser.SubmitAsync(path, ("returnTo", "/"));
        return browser;
    }
}
