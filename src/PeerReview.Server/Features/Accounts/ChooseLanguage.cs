using PeerReview.Core;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>The language of the interface: of the account when signed in, and of this browser.</summary>
public static class ChooseLanguage
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/language", (Visit visit, string? returnTo) => Page(visit, ReturnTo.Safe(returnTo), []));
        routes.PublicPages.MapPost("/language", ChooseAsync).WithMetadata(WhileSeeing.Marker);
    }

    private static async Task<IResult> ChooseAsync(
        HttpContext context, Visit visit, Form form, TextCatalogue texts, MyAccount account, CancellationToken cancel)
    {
        var (language, returnTo) = (form.Text("language"), ReturnTo.Safe(form.Text("returnTo")));
        if (!texts.Has(language))
        {
            var refusal = new Refusal("accounts.language-unknown", RefusalKind.Invalid, "language");
            return Page(visit, returnTo, [refusal], refusal.Status());
        }

        LanguageChoice.Remember(context, language);
        if (visit.Caller.IsSignedIn)
            await account.ChooseLanguageAsync(visit.Caller.Id, language, cancel);
        return Answer.Done(returnTo);
    }

    private static IResult Page(Visit visit, string returnTo, IReadOnlyList<Refusal> errors, int status = StatusCodes.Status200OK) =>
        Answer.Page<LanguageView>(new { Model = new LanguageView.Content(visit.Texts.Language, returnTo, errors) }, status);
}
