using Microsoft.AspNetCore.Antiforgery;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>A form of ours whose proof does not hold any more, because the session ended or somebody else signed in: nothing is
/// done, and everything typed is shown again with a button that sends it once more.</summary>
internal static class SendAgain
{
    /// <summary>The page, or null where it is not offered: another site may have sent the form, or a program did.</summary>
    public static async Task<IResult?> OfferAsync(HttpContext context)
    {
        var request = context.Request;
        // Only the browser itself says so, and only of a form on a page of ours.
        if (request.Headers["Sec-Fetch-Site"] != "same-origin" || !request.WantsPage())
            return null;
        // The check has read the form and refused it; it may be read to be shown, and is not acted on.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        if (!request.HasFormContentType)
            return null;
        var fields = await request.ReadFormAsync(context.RequestAborted);
        return Answer.Page<SendAgainPage>(
            new { Form = new Form(fields) }, context.Caller().IsSignedIn ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized);
    }
}
