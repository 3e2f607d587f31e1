using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Drafts;

/// <summary>Once a form was accepted, its draft has done its work.</summary>
internal static class ForgetSaved
{
    /// <summary>Runs around every handler of a page.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        // Only an accepted form leads somewhere else; a refused one is drawn again.
        if (result is Answer.See { Accepted: true } && context.Arguments.OfType<Form>().FirstOrDefault() is { } form && form.Has(Draft.PageField)
            && context.HttpContext.Caller() is { IsSignedIn: true } caller)
        {
            await ForgetAsync(context.HttpContext, caller, form);
        }

        return result;
    }

    private static async Task ForgetAsync(HttpContext http, Caller caller, Form form)
    {
        try
        {
            await http.RequestServices.GetRequiredService<DraftStore>().ForgetAsync(
                caller.Id, form.Text(Draft.PageField), form.Text(Draft.PartField), http.RequestAborted);
        }
        catch (Exception e) when (DatabaseException.From(e) is not null)
        {
            // The text itself is saved: a draft too many is no reason to say otherwise.
        }
    }
}
