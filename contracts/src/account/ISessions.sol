// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Session keys: an account lets a key order for it, up to an amount and until a time.
/// @notice A session is one account's, one key's, one token's. It can pay for orders and do nothing else: no withdrawal, no
/// step of an order, no change of the account. Money stays where it is until an order takes it.
interface ISessions {
    /// @param shopId The only shop where it may be spent; 0: any.
    event SessionOpened(
        address indexed account, address indexed key, address indexed token, uint128 limit, uint64 shopId, uint40 validUntil
    );
    event SessionSpent(address indexed account, address indexed key, address indexed token, uint256 left);
    event SessionRevoked(address indexed account, address indexed key, address indexed token);

    error Sessions_NotOrderBook(address caller);
    /// @notice Thrown for the zero key, a limit of zero, or an end that is past or more than 30 days away.
    error Sessions_Invalid();
    /// @notice Thrown when no session is open: never opened, revoked, or over since `validUntil`.
    error Sessions_NotOpen(address account, address key, uint256 validUntil);
    error Sessions_OtherShop(uint256 shopId, uint256 wanted);
    error Sessions_OverLimit(uint256 left, uint256 wanted);

    /// @notice Opens a session of the caller for `key`, or replaces the one it has in this token.
    function open(address key, address token, uint128 limit, uint64 shopId, uint40 validUntil) external;

    /// @notice Ends a session of the caller at once.
    function revoke(address key, address token) external;

    /// @notice Takes `amount` off what is left. Reverts unless a session of `key` covers it. OrderBook only.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount) external;

    /// @return left 0 with `validUntil` 0: not open.
    function sessionOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId);
}
