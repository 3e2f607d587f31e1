using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Help;

/// <summary>What the product is, who does what in it, and how accessible it is.</summary>
public static class HelpPages
{
    public static void Map(WebRoutes routes)
    {
        routes.PublicPages.MapGet("/help", () => Answer.Page<HelpView>());
        routes.PublicPages.MapGet("/accessibility", () => Answer.Page<AccessibilityView>());
    }
}
