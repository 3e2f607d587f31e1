using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Drafts;

/// <summary>Once a form was accepted, its draft has done its work. Where one was refused, what was typed into the other forms of its page stands
/// there still.</summary>
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
        else if (result is not Answer.See && context.Arguments.OfType<Form>().FirstOrDefault() is { } refused
            && context.HttpContext.Caller() is { IsSignedIn: true } reader)
        {
            await ShowOthersAsync(context.HttpContext, reader, refused);
        }

        return result;
    }

    // The refused form shows what was sent; every other one what was kept of it.
    private static async Task ShowOthersAsync(HttpContext http, Caller reader, Form refused)
    {
        try
        {
            var page = refused.Has(Draft.PageField) ? refused.Text(Draft.PageField) : http.Request.Path.Value ?? "";
            var kept = await http.RequestServices.GetRequiredService<DraftStore>().OfPageAsync(reader.Id, page, http.RequestAborted);
            var others = kept.Where(draft => !refused.Has(Draft.PartField) || draft.Part != refused.Text(Draft.PartField)).ToList();
            if (others.Count > 0)
                http.Features.Set(http.Visit() with { Caller = reader with { Drafts = others } });
        }
        catch (Exception e) when (DatabaseException.From(e) is not null)
        {
            // What was kept stays kept: the page says what was wrong, and shows it when it is opened again.
        }
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
