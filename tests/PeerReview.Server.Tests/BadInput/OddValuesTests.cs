using System.Globalization;
using System.Net;
using System.Text;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Values at and beyond the edges of their types: whatever the answer is, it is one, and nothing broke.</summary>
public sealed class OddValuesTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Addresses =>
    [
        "/register?state=%00", "/register?after=%00", "/register?cursor=zz", "/register?cursor=" + new string('f', 48),
        "/register.atom?state=%27%3B--", "/publications/%00", "/publications/a%00b.json", "/publications/..%2f..%2fetc%2fpasswd",
        "/publications/none?edition=99999999999", "/publications/none?edition=-1", "/publications/none.json?edition=x",
        "/api/v1/reviews?status=%00", "/api/v1/reviews?after=zz", "/api/v1/reviews?state=%25", "/api/v1/reminders?cursor=%00",
        "/api/v1/reminders?cursor=zz", "/api/v1/reminders?review=zz", "/api/v1/tasks?cursor=zz",
        "/api/v1/processes/voluntary-review/99999999999", "/api/v1/frameworks/un-ict-framework/-1",
        "{api}/answers/%00", "{api}/answers/N-a.a2?version=99999999999", "{api}/answers/N-a.a2?version=-1", "{api}/actions/%00",
        "{api}/actions/C-01?version=2147483647", "{api}/evidence?item=%00", "{api}/summary?version=0",
        "/reviews/{review}/ledger?after=-2147483648", "/reviews/{review}/ledger?after=99999999999",
        "/reviews/{review}/assessment/%00", "/reviews/{review}/assessment/N-a.a2?version=2147483647",
        "/reviews/{review}/people/nomination?role=%00", "/reviews/{review}/people/nomination?role=STATE_FP&replaces=zz",
        "/board?status=%00", "/board?after=zz", "/programme?q=%00", "/programme?programme=zz", "/programme/states/%00",
        "/sign-in?returnTo=%00", "/sign-in/%00", "/language?returnTo=%00", "/?lang=%00",
        "/openapi/%00.json", "/openapi/v2.json", "/.env", "/hangfire", "/swagger", "/..%2f..%2fetc/passwd",
    ];

    [Theory, MemberData(nameof(Addresses))]
    public async Task An_odd_address_breaks_nothing(string address)
    {
        var path = address.Replace("{api}", at.Review.Api, StringComparison.Ordinal)
            .Replace("{review}", at.Review.Id.ToString(), StringComparison.Ordinal);
        foreach (var person in new[] { at.Review.Authority, at.Review.Coordinator })
        {
            using var pages = await Pages.OfAsync(at.App, person);
            var status = path.StartsWith("/api", StringComparison.Ordinal)
                ? (await person.Client.GetAsync(path, Cancel)).StatusCode
                : (await pages.ReadAsync(path)).Status;
            Assert.InRange((int)status, 200, 499);
        }
    }

    public static TheoryData<string, string, string, string> Bodies => new()
    {
        { "authority", "POST", "/defer", """{"until":"9999-12-31"}""" },
        { "authority", "POST", "/defer", """{"until":"0001-01-01"}""" },
        { "authority", "POST", "/defer", """{"until":"2026-02-30"}""" },
        { "coordinator", "POST", "/stages/self_assess/extend", """{"days":2147483647,"reason":"One."}""" },
        { "coordinator", "POST", "/stages/self_assess/extend", """{"days":-2147483648,"reason":"One."}""" },
        { "coordinator", "POST", "/stages/self_assess/extend", """{"days":1e400,"reason":"One."}""" },
        { "coordinator", "POST", "/stages/self_assess/extend", """{"days":1.5,"reason":"One."}""" },
        { "authority", "POST", "/withdraw", """{"signature":{"name":"A","office":"B","day":"9999-12-31"}}""" },
        { "authority", "POST", "/withdraw", """{"signature":{"name":"A\nB","office":"B","day":"2026-01-01"}}""" },
        { "authority", "POST", "/withdraw", """{"signature":null}""" },
        { "authority", "POST", "/suspend", """{"reason":"\ud800"}""" },
        { "authority", "POST", "/suspend", """{"reason":null}""" },
        { "authority", "POST", "/stages/\u0000/complete", "{}" },
        { "authority", "POST", "/stages/pub_decide/complete", """{"choices":null}""" },
        { "authority", "POST", "/stages/self_assess/complete", """{"contentHash":"\u0000"}""" },
        { "authority", "POST", "/stages/self_assess/complete", """{"contentHash":1e999}""" },
        { "focal point", "PUT", "/answers/N-a.a2", """{"practice":"\ud800"}""" },
        { "focal point", "PUT", "/answers/N-a.a2", """{"lastTested":"9999-12-31"}""" },
        { "focal point", "PUT", "/answers/N-a.a2", """{"sectors":[null]}""" },
        { "focal point", "POST", "/actions", """{"content":{"title":"One.","due":"9999-12-31","items":[null]}}""" },
        { "focal point", "POST", "/actions", """{"content":null}""" },
        { "authority", "POST", "/nominations", """{"role":"STATE_CONTRIB","name":"A","email":"a@b@c","items":[null]}""" },
        { "authority", "POST", "/nominations", """{"role":"STATE_FP","name":"A","email":"a@example.org","noteVerbale":{"number":"1","dated":"9999-12-31","signatory":"A"}}""" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task An_odd_value_is_refused_and_breaks_nothing(string who, string method, string path, string body)
    {
        var before = await at.App.Database.HoldingsAsync();
        foreach (var key in new[] { null, "key-" + Guid.NewGuid() })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), at.Review.Api + path);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            using var answer = await at.Of(who).Client.SendAsync(request, Cancel);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        Assert.Equal(before, await at.App.Database.HoldingsAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("100000")]
    [InlineData("2147483647")]
    public async Task An_extension_of_any_length_can_be_looked_at_before_it_is_refused(string days)
    {
        using var pages = await Pages.OfAsync(at.App, at.Review.Coordinator);
        await pages.ReadAsync("/account");

        var (status, _, _) = await pages.SubmitAsync(
            $"/reviews/{at.Review.Id}/moves", ("move", "Extend"), ("stage", "self_assess"), ("days", days), ("reason", "One."));

        Assert.Equal(int.Parse(days, CultureInfo.InvariantCulture) < 1000 ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, status);
    }
}
