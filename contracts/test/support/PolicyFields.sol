// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Policy} from "../../src/shop/Policy.sol";

/// @notice Sets single fields of a packed {Policy}. Positions are written out here a second time on purpose.
library PolicyFields {
    error PolicyFields_DoesNotFit(uint256 value);

    function withShipDate(Policy p, uint256 value) internal pure returns (Policy) {
        return _with(p, 0, 40, value);
    }

    function withShipBy(Policy p, uint256 value) internal pure returns (Policy) {
        return _with(p, 40, 32, value);
    }

    function withConfirmBy(Policy p, uint256 value) internal pure returns (Policy) {
        return _with(p, 72, 32, value);
    }

    function withCancel(Policy p, uint256 value) internal pure returns (Policy) {
        return _with(p, 104, 32, value);
    }

    function withReturn(Policy p, uint256 value) internal pure returns (Policy) {
        return _with(p, 136, 32, value);
    }

    function withWarranty(Policy p, uint256 window, uint256 bps) internal pure returns (Policy) {
        return _with(_with(p, 168, 32, window), 216, 16, bps);
    }

    function withRestocking(Policy p, uint256 bps) internal pure returns (Policy) {
        return _with(p, 200, 16, bps);
    }

    function withAffiliate(Policy p, uint256 bps) internal pure returns (Policy) {
        return _with(p, 232, 16, bps);
    }

    function withRemedies(Policy p, uint256 remedies) internal pure returns (Policy) {
        return _with(p, 248, 8, remedies);
    }

    function _with(Policy p, uint256 shift, uint256 bits, uint256 value) private pure returns (Policy) {
        uint256 mask = ((1 << bits) - 1) << shift;
        require(value < 1 << bits, PolicyFields_DoesNotFit(value));
        return Policy.wrap(Policy.unwrap(p) & ~mask | value << shift);
    }
}
