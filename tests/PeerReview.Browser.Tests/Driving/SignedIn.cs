using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Browser windows of people who are signed in already, for what is not about signing in.</summary>
internal static class SignedIn
{
    /// <summary>A window with a session of this person.</summary>
    public static async Task<Visit> VisitAsync(this Chromium chromium, TestApp app, TestPerson person, Look? look = null)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await app.Database.AsOwnerAsync(
            """
            INSERT INTO session (token_hash, person_id, created_at, expires_at)
            VALUES (@Hash, @Person, now(), now() + interval '1 day')
            """,
            new { Hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret)), Person = person.Id });
        var visit = await chromium.VisitAsync(app.Address, look ?? new Look());
        await visit.Page.Context.AddCookiesAsync([new Cookie { Name = "session", Value = secret, Url = app.Address.ToString() }]);
        return visit;
    }
}
