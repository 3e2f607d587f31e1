using System.Net;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>Stages completed by the wrong person, too early, twice: nothing happens, and the answer says whose turn it is.</summary>
public sealed class StageOrderTests(ReviewFixture at) : IClassFixture<ReviewFixture>
{
    public static TheoryData<string, string, string, Refused> Steps => new()
    {
        // the wrong person
        { "coordinator", "POST", "/stages/self_assess/complete", new Refused(403, "access.not-allowed") },
        { "other State", "POST", "/stages/self_assess/complete", new Refused(403, "access.not-allowed") },
        { "authority", "POST", "/stages/acknowledge/complete", new Refused(403, "access.not-allowed") },
        { "focal point", "POST", "/stages/appoint/complete", new Refused(403, "access.not-allowed") },
        { "authority", "POST", "/stages/complete/complete", new Refused(403, "access.not-allowed") },
        { "focal point", "POST", "/stages/pub_decide/complete", new Refused(403, "access.not-allowed") },
        { "authority", "POST", "/stages/publish/complete", new Refused(403, "access.not-allowed") },
        { "focal point", "POST", "/stages/close/complete", new Refused(403, "access.not-allowed") },
        { "focal point", "POST", "/suspend", new Refused(403, "access.not-allowed") },
        { "focal point", "POST", "/withdraw", new Refused(403, "access.not-allowed") },
        { "coordinator", "POST", "/withdraw", new Refused(403, "access.not-allowed") },
        { "coordinator", "POST", "/defer", new Refused(403, "access.not-allowed") },
        { "authority", "POST", "/pause", new Refused(403, "access.not-allowed") },
        // too early
        { "coordinator", "POST", "/stages/complete/complete", new Refused(409, "process.too-early") },
        { "coordinator", "POST", "/stages/clarify/complete", new Refused(409, "process.too-early") },
        { "authority", "POST", "/stages/pub_decide/complete", new Refused(409, "process.too-early") },
        { "coordinator", "POST", "/stages/publish/complete", new Refused(409, "process.too-early") },
        { "focal point", "POST", "/stages/check_6m/complete", new Refused(409, "process.too-early") },
        { "coordinator", "POST", "/stages/close/complete", new Refused(409, "process.too-early") },
        { "coordinator", "POST", "/stages/complete/return", new Refused(409, "process.too-early") },
        { "coordinator", "POST", "/questions", new Refused(409, "process.too-early") },
        { "authority", "POST", "/resume", new Refused(409, "review.not-stopped") },
        // twice
        { "coordinator", "POST", "/stages/acknowledge/complete", new Refused(409, "process.already-done") },
        { "authority", "POST", "/stages/appoint/complete", new Refused(409, "process.already-done") },
        { "coordinator", "POST", "/stages/acknowledge/extend", new Refused(409, "process.no-extension") },
        { "coordinator", "POST", "/resume-clock", new Refused(409, "process.clock-not-paused") },
    };

    [Theory, MemberData(nameof(Steps))]
    public Task A_step_out_of_order_is_refused(string who, string method, string path, Refused expected) =>
        at.RefusedAsync(who, method, path, BodyOf(path), expected);

    public static TheoryData<string, string, (string, string)[], HttpStatusCode> Forms => new()
    {
        { "coordinator", "/reviews/{review}/completeness", [("decision", "complete")], HttpStatusCode.NotFound },
        { "authority", "/reviews/{review}/completeness", [("decision", "complete")], HttpStatusCode.NotFound },
        { "coordinator", "/reviews/{review}/questions", [("act", "ask"), ("text", "Why?")], HttpStatusCode.Conflict },
        { "coordinator", "/reviews/{review}/questions", [("act", "close")], HttpStatusCode.Conflict },
        { "coordinator", "/reviews/{review}/sign-off", [("content_hash", "00")], HttpStatusCode.NotFound },
        { "authority", "/reviews/{review}/publication", [("act", "decide"), ("choices.summary", "full")], HttpStatusCode.Conflict },
        { "coordinator", "/reviews/{review}/publication", [("act", "publish")], HttpStatusCode.NotFound },
        { "authority", "/reviews/{review}/follow-up", [("act", "tell"), ("text", "Done.")], HttpStatusCode.Conflict },
        { "coordinator", "/reviews/{review}/people/coordinators", [("coordinator", "{coordinator}"), ("deputy", "{deputy}")], HttpStatusCode.Conflict },
        { "authority", "/reviews/{review}/people/appointment", [], HttpStatusCode.Conflict },
        { "focal point", "/reviews/{review}/people/appointment", [], HttpStatusCode.Forbidden },
        { "focal point", "/reviews/{review}/moves", [("move", "Withdraw"), ("signature.name", "A"), ("signature.office", "B"), ("signature.day", "2026-01-01")], HttpStatusCode.Forbidden },
    };

    [Theory, MemberData(nameof(Forms))]
    public Task A_form_out_of_order_comes_back_and_says_why(string who, string path, (string, string)[] fields, HttpStatusCode status) =>
        at.RefusedFormAsync(
            who, path,
            [.. fields.Select(f => (f.Item1, f.Item2
                .Replace("{coordinator}", at.Review.Coordinator.Id.ToString(), StringComparison.Ordinal)
                .Replace("{deputy}", at.Review.Deputy.Id.ToString(), StringComparison.Ordinal)))],
            status, field: null);

    private object BodyOf(string path) => path switch
    {
        "/stages/acknowledge/complete" => new { coordinator = at.Review.Coordinator.Id, deputy = at.Review.Deputy.Id },
        "/stages/pub_decide/complete" => new { choices = new { summary = "full" }, signature = LightReview.Signature(at.App) },
        "/stages/close/complete" or "/stages/check_6m/complete" => new { text = "One." },
        "/stages/complete/return" => new { items = new[] { "N-a.a2" }, text = "One." },
        "/questions" => new { text = "Why?" },
        "/resume" or "/withdraw" => new { signature = LightReview.Signature(at.App) },
        "/suspend" => new { reason = "One." },
        "/defer" => new { until = "2030-01-01" },
        "/pause" or "/resume-clock" => new { party = "subject", pauseReason = "translation", reason = "One." },
        _ when path.EndsWith("/extend", StringComparison.Ordinal) => new { days = 1, reason = "One." },
        _ => new { },
    };
}
