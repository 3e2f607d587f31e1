using System.Net.Http.Json;
using System.Text;
using PeerReview.Server.Tests.Web;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>A body each route of a review can read, so that a request reaches the use case behind it.</summary>
internal static class Requests
{
    private static readonly Dictionary<string, object> Bodies = new(StringComparer.Ordinal)
    {
        ["/hand-over"] = new { from = Guid.Empty, to = Guid.Empty },
        ["/last/take"] = new { item = "N-a.a2" },
        ["/nominations"] = new { role = "STATE_FP", name = "A Name", email = "a.name@example.org" },
        ["/redraws"] = new { state = "GHA" },
        ["/replacement"] = new { by = "RWA" },
        ["/experts/{person:guid}/replacement"] = new { by = Guid.Empty },
        ["/experts/{person:guid}/more-time"] = new { days = 3, reason = "[a reason]" },
        ["/focal-points"] = new { name = "A Name", email = "a.name@example.org" },
        ["/sheets/{state}/items/{item}"] = new { text = "A text.", label = "AMBER", version = 0 },
        ["/sheets/{state}/signature"] = new { contentHash = "00" },
        ["/sheets/{state}/publication"] = new { items = Array.Empty<string>() },
        ["/invitations"] = new { name = "A Name", email = "a.name@example.org" },
        ["/comments"] = new { item = "N-a.a2", kind = "question", text = "Why?" },
        ["/comments/{comment:guid}"] = new { kind = "question", text = "Why?", version = 1 },
        ["/comments/{comment:guid}/remarks"] = new { text = "I saw the same." },
        ["/comments/{comment:guid}/remarks/{remark:guid}"] = new { text = "I saw the same.", version = 1 },
        ["/recusals"] = new { items = new[] { "N-a.a2" } },
        ["/stakeholders"] = new { name = "A Name", email = "a.name@example.org", organisation = "An organisation", family = "academia" },
        ["/contributions"] = new { text = "What we know." },
        ["/contributions/{contribution:guid}"] = new { text = "What we know.", version = 1 },
        ["/contributions/{contribution:guid}/hand-in"] = new { version = 1 },
        ["/contributions/{contribution:guid}/screening"] = new { outcome = "accept" },
        ["/contributions/{contribution:guid}/reply"] = new { text = "Because." },
        ["/translations/{item}"] = new { rule = "Une règle." },
        ["/consolidation"] = new { questions = new[] { new { id = "Q-01", text = "Why?" } }, version = 0 },
        ["/urgent"] = new { text = "What cannot wait." },
        ["/clarify-first"] = new { text = "What do you mean?", item = "N-a.a2" },
        ["/clarify-first/{asked:guid}/answer"] = new { text = "This." },
        ["/acknowledge"] = new { note = "Thank you." },
        ["/questions"] = new { text = "Why?", item = "N-a.a2" },
        ["/replies/{question}"] = new { text = "Because.", declines = false },
        ["/public"] = new { register = true, texts = Array.Empty<object>() },
        ["/reviewing-states"] = new { states = new[] { "GHA", "EST" } },
        ["/stages/{stage}/documents/{document}"] = new { text = "A text.", version = 0 },
        ["/stages/{stage}/object"] = new { reason = "Because." },
        ["/stages/{stage}/skip"] = new { reason = "Because." },
        ["/stages/{stage}/return"] = new { to = "launch", reason = "Because." },
        ["/complete/return"] = new { items = new[] { "N-a.a2" }, text = "Something is missing." },
        ["/actions"] = new { content = new { title = "A title" }, label = "CLEAR" },
        ["/actions/{id}"] = new { content = new { title = "A title" }, label = "CLEAR", version = 1 },
        ["/practices"] = new { content = new { item = "N-a.a2", text = "A text." }, label = "CLEAR" },
        ["/practices/{id}"] = new { content = new { item = "N-a.a2", text = "A text." }, label = "CLEAR", version = 1 },
        ["/recommendations"] = new { content = new { measure = new { title = "A title" }, comments = Array.Empty<Guid>() } },
        ["/recommendations/{id}"] = new { content = new { measure = new { title = "A title" }, comments = Array.Empty<Guid>() }, version = 1 },
        ["/report/sections/{section}"] = new { text = "A text.", version = 0 },
        ["/report/sections/{section}/annex"] = new { sentence = "A text", version = 1 },
        ["/report/wording/{key}"] = new { version = 1, reason = "It names nobody." },
        ["/report/remarks"] = new { about = "summary", text = "A text." },
        ["/report/comments"] = new { about = "summary", text = "A text.", version = 0 },
        ["/report/comments/{comment}"] = new { about = "summary", text = "A text.", version = 1 },
        ["/report/comments/{comment}/outcome"] = new { outcome = "taken_up", note = "A note.", version = 1 },
        ["/stakeholders/groups/{family}"] = new { text = "Nobody could be found." },
        ["/dialogue/points"] = new { text = "What we would talk about." },
        ["/dialogue/agenda"] = new { order = Array.Empty<string>(), keptOpen = Array.Empty<string>(), version = 0 },
        ["/dialogue/slots"] = new { slots = new[] { new { day = "2026-12-03", time = "14:00", zone = "UTC", minutes = 90 } } },
        ["/dialogue/availability"] = new { suits = Array.Empty<string>(), version = 0 },
        ["/dialogue/meeting"] = new { slot = "T-01", way = "remote" },
        ["/dialogue/wish"] = new { way = "visit", text = "" },
        ["/dialogue/programme"] = new { days = new[] { new { day = "2026-12-03", place = "A place", meets = "An office" } } },
        ["/dialogue/programme/agreement"] = new { contentHash = "00" },
        ["/dialogue/sessions"] = new { day = "2026-12-03", time = "14:00", zone = "UTC", minutes = 90, way = "remote", tookPart = new[] { "STATE:STATE_FP" } },
        ["/dialogue/record"] = new { text = "A text.", learntByState = "This.", learntByReviewers = "That." },
        ["/dialogue/comments"] = new { text = "A text." },
        ["/dialogue/comments/{comment}/outcome"] = new { outcome = "taken_up", note = "A note.", version = 0 },
        ["/dissent"] = new { text = "A text.", version = 0 },
        ["/responses/{recommendation}"] = new { answer = "noted", reason = "A reason.", version = 0 },
        ["/summary"] = new { content = new { text = "A text." }, label = "CLEAR", version = 0 },
    };

    /// <summary>What to send to a route of the API.</summary>
    public static HttpContent? To(ProgramRoute route)
    {
        if (route.Method == "DELETE")
            return null;
        if (route.Pattern.EndsWith("/evidence", StringComparison.Ordinal))
            return new MultipartFormDataContent { { new StringContent("N-a.a2"), "item" }, { new ByteArrayContent("%PDF-1.7\n"u8.ToArray()), "file", "a.pdf" } };
        var body = Bodies.OrderByDescending(b => b.Key.Length)
            .FirstOrDefault(b => route.Pattern.EndsWith(b.Key, StringComparison.Ordinal)).Value;
        return body is null ? new StringContent("{}", Encoding.UTF8, "application/json") : JsonContent.Create(body);
    }
}
