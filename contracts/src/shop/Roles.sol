// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Role bits of a shop's staff.
library Roles {
    /// No bit: nobody holds it but the owner, whom no bit is asked of.
    uint8 internal constant OWNER = 0;
    uint8 internal constant CATALOGUE = 1;
    uint8 internal constant ORDERS = 2;
    uint8 internal constant LIVE = 4;
    uint8 internal constant MONEY = 8;
}
