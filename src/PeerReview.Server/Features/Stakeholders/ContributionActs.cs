using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The buttons of the page of contributions: each is one use case, with the notice that says what was done.</summary>
public sealed class ContributionActs(
    ReviewCommands commands,
    InviteStakeholder invite,
    WithdrawStakeholder withdraw,
    SaveContribution save,
    RemoveContribution remove,
    HandInContribution handIn,
    ScreenContribution screen,
    ReplyToContribution reply,
    ForwardContribution forward,
    LeaveOutWindow leaveOut,
    SayNotInvited notInvited)
{
    /// <summary>Runs what the form asks for.</summary>
    public async Task<(Verdict<Receipt> Verdict, string Notice)> RunAsync(ReviewId review, Form form, Actor actor, CancellationToken cancel)
    {
        var contribution = form.Id("contribution") ?? Guid.Empty;
        return form.Text("act") switch
        {
            "invite" => (await invite.RunAsync(review, Invited(form), actor, null, cancel), "stakeholder-invited"),
            "withdraw" => (await withdraw.RunAsync(review, form.Id("invitation") ?? Guid.Empty, actor, null, cancel), "invitation-withdrawn"),
            "save" => (await save.RunAsync(review, form.Id("contribution"), Written(form), actor, null, cancel), "contribution-saved"),
            "remove" => (await remove.RunAsync(review, contribution, actor, null, cancel), "contribution-removed"),
            "hand-in" => (await handIn.RunAsync(review, contribution, new HandInRequest(form.Number("version")), actor, null, cancel), "contribution-handed-in"),
            "screen" => (
                await screen.RunAsync(review, contribution, new ScreeningRequest(form.Text("outcome"), form.Text("cause"), form.Text("note")), actor, null, cancel),
                "contribution-screened"),
            "reply" => (
                await reply.RunAsync(review, contribution, new ContributionReplyRequest(form.Text("text"), form.IsOn("declines"), form.Number("version")), actor, null, cancel),
                "contribution-replied"),
            "forward" => (await forward.RunAsync(review, contribution, actor, null, cancel), "contribution-forwarded"),
            "close" => (await commands.RunAsync(review, actor, null, (work, _) => Task.FromResult(CloseWindow.Decide(work)), cancel), "window-closed"),
            "finish" => (await commands.RunAsync(review, actor, null, (work, _) => Task.FromResult(FinishReplying.Decide(work)), cancel), "replying-finished"),
            "not-invited" => (
                await notInvited.RunAsync(review, form.Text("contribution"), new NotInvitedRequest(form.Text("text"), form.Number("version")), actor, null, cancel),
                "not-invited-said"),
            "leave-out" => (await leaveOut.RunAsync(review, actor, null, cancel), "window-left-out"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
    }

    private static StakeholderRequest Invited(Form form) => new(form.Text("name"), form.Text("email"))
    {
        Organisation = form.Text("organisation"),
        Family = form.Text("family"),
        Language = form.Text("language"),
    };

    private static ContributionRequest Written(Form form) =>
        new(form.Text("item"), form.Text("text"), form.IsOn("may_publish"), form.Number("version"));
}
