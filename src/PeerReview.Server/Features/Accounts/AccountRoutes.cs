using Microsoft.Extensions.DependencyInjection.Extensions;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>Signing in and out, one's own account, language and tokens.</summary>
public static class AccountRoutes
{
    public static void AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<OutboxSignal>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<MyAccount>();
    }

    public static void Map(WebRoutes routes)
    {
        SignIn.Map(routes);
        SignOut.Map(routes);
        ChooseLanguage.Map(routes);
        AccountPage.Map(routes);
        MyTokens.Map(routes);
    }
}
