using System.Reflection;
using PeerReview.Core.Assessment;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>What every page knows of the request it answers: who reads, in which language, where. A parameter of a handler
/// is bound to it; components get it as a cascading value.</summary>
/// <param name="Texts">The texts in the reader's language.</param>
/// <param name="Caller">Who reads.</param>
/// <param name="Path">Path and query of the page, for coming back to it.</param>
/// <param name="Languages">The languages one can choose from, as codes.</param>
/// <param name="Notice">What just happened, as the key of a text, after a form was sent; or null.</param>
/// <param name="Places">The main navigation as this reader sees it.</param>
/// <param name="Assets">The addresses of style sheet, script and icon.</param>
/// <param name="Checks">Which translations a native speaker has checked.</param>
public sealed record Visit(
    Texts Texts,
    Caller Caller,
    string Path,
    IReadOnlyList<string> Languages,
    string? Notice,
    IReadOnlyList<Place> Places,
    Assets Assets,
    TranslationChecks Checks)
    : IBindableFromHttpContext<Visit>
{
    public static ValueTask<Visit?> BindAsync(HttpContext context, ParameterInfo parameter) => new(context.Visit());
}

/// <summary>Where the visit is kept during a request.</summary>
public static class VisitOfRequest
{
    /// <summary>The visit of this request, made at the first asking.</summary>
    public static Visit Visit(this HttpContext context)
    {
        if (context.Features.Get<Visit>() is { } made)
            return made;
        var catalogue = context.RequestServices.GetRequiredService<TextCatalogue>();
        var caller = context.Caller();
        var language = LanguageChoice.Of(context, caller, catalogue);
        LanguageChoice.Keep(context, caller, language);
        var visit = new Visit(
            catalogue.In(language),
            caller,
            context.Request.Path + context.Request.QueryString,
            [.. catalogue.Languages.OrderBy(one => AnswerRules.Languages.IndexOf(one))],
            NoticeCookie.Take(context, catalogue),
            context.RequestServices.GetRequiredService<Navigation>().For(caller),
            context.RequestServices.GetRequiredService<Assets>(),
            context.RequestServices.GetRequiredService<TranslationChecks>());
        context.Features.Set(visit);
        return visit;
    }

    /// <summary>The texts in the language of this request's reader.</summary>
    public static Texts Texts(this HttpContext context) => context.Visit().Texts;
}
