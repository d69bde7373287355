// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice So much of a token, in base units. The zero address is the native coin.
struct TokenAmount {
    address token;
    uint128 amount;
}

/// @title What protects a shop's money: a cold address with caps on hot money, and daily limits of staff.
/// @notice A shop with a cold address is *guarded*: its money leaves the vault towards the cold address only, and what is above a
/// currency's cap does so without being asked. Nobody can loosen the guard in less than 48 hours, not even the owner, and
/// meanwhile the owner, money staff or the cold address can veto. Tightening is immediate.
interface ITreasury {
    /// @notice The guard now in force. `cold` zero: the shop is not guarded any more. A currency without a cap has cap 0.
    event ShopGuarded(uint256 indexed shopId, address cold, TokenAmount[] caps);
    /// @notice A guard that anybody may apply from `readyAt` on. It takes the place of one proposed earlier.
    event ShopGuardProposed(uint256 indexed shopId, address cold, TokenAmount[] caps, uint40 readyAt);
    event ShopGuardVetoed(uint256 indexed shopId, address indexed by);
    event ShopCapLowered(uint256 indexed shopId, address indexed token, uint128 cap);
    /// @param tenure As in `ShopStaffChanged`.
    event ShopLimitsChanged(uint256 indexed shopId, address indexed staff, TokenAmount[] limits, uint256 tenure);
    /// @notice Money taken by staff: counts against the day's limit.
    event ShopMoneyTaken(uint256 indexed shopId, address indexed staff, address indexed token, uint256 amount);

    error Treasury_NotOrderBook(address caller);
    /// @notice Thrown when `actor` neither owns the shop nor holds the money role in it.
    error Treasury_Unauthorized(uint256 shopId, address actor);
    /// @notice Thrown for a cold address that protects nothing: the owner's own, the order book's, or none for a shop that has none.
    error Treasury_InvalidCold(address cold);
    /// @notice Thrown for what a guarded shop cannot do: be transferred, approved to others, or be given another payout address.
    error Treasury_Guarded(uint256 shopId);
    /// @notice Thrown when nothing is proposed, or something else than what is presented.
    error Treasury_NotProposed(uint256 shopId);
    error Treasury_TooEarly(uint256 shopId, uint256 readyAt);
    /// @notice Thrown when a cap would not go down. To raise it, propose a guard.
    error Treasury_NotLower(uint256 cap, uint256 wanted);
    /// @notice Thrown when `actor` would take more than is left of the day's limit.
    error Treasury_OverLimit(uint256 shopId, address actor, uint256 left, uint256 wanted);
    error Treasury_TooMany(uint256 count);

    /// @notice Sets the guard of an unguarded shop at once; proposes it for a guarded one. `cold` zero removes it. Owner only.
    /// @param caps At most 32. How much of a currency may stay in the vault.
    function setGuard(uint256 shopId, address cold, TokenAmount[] calldata caps) external;

    /// @notice Puts the proposed guard into force once its 48 hours are over. Anyone.
    function applyGuard(uint256 shopId, address cold, TokenAmount[] calldata caps) external;

    /// @notice Drops what is proposed. Owner, money role, or the cold address in force.
    function vetoGuard(uint256 shopId) external;

    /// @notice Lowers one currency's cap at once. Owner only.
    function lowerCap(uint256 shopId, address token, uint128 cap) external;

    /// @notice Sets how much `staff` may take per currency and UTC day; currencies not named keep theirs, which is 0 at first. Owner only.
    /// @dev Losing the money role, and a transfer of the shop, void them.
    function setLimits(uint256 shopId, address staff, TokenAmount[] calldata limits) external;

    /// @notice Whether `actor` may withdraw `amount` now, counted against the day's limit. OrderBook only.
    /// @return to Where it goes: the cold address if the shop is guarded, else its payout address.
    function authorizeWithdrawal(uint256 shopId, address actor, address token, uint256 amount) external returns (address to);

    /// @return amount What of `balance` is above the cap; 0 when the shop is not guarded.
    function excessOf(uint256 shopId, address token, uint256 balance) external view returns (uint256 amount, address cold);

    /// @return cold Zero: not guarded.
    /// @return readyAt When what is proposed may be applied; 0: nothing is proposed.
    function guardOf(uint256 shopId) external view returns (address cold, uint40 readyAt);

    function capOf(uint256 shopId, address token) external view returns (uint128);

    /// @notice What `actor` may still take today by its own limit; the owner has none.
    function leftOf(uint256 shopId, address actor, address token) external view returns (uint256);
}
